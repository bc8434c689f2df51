namespace DarkPool.Enclave.Server;

/// <summary>How far an enclave has come. The numbers are those of <see cref="Protocol.Link.EnclaveStatus"/>.</summary>
internal enum EnclaveStage : byte
{
    AwaitsRestore = 0,
    Replays = 1,
    Live = 2,
}
