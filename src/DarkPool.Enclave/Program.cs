using DarkPool.Enclave;
using DarkPool.Enclave.CommandLine;

return await EnclaveCommand.Create(EnclaveProcess.RunAsync).Parse(args).InvokeAsync();
