using DarkPool.Enclave.Keys;
using DarkPool.Enclave.Tests.Fixtures;
using Xunit;

namespace DarkPool.Enclave.Tests.Keys;

public sealed class KeyEpochRingTests : IDisposable
{
    private readonly TestPlatform _platform = new();
    private readonly EnclaveKeys _keys;

    public KeyEpochRingTests() => _keys = _platform.Keys();

    public void Dispose()
    {
        _keys.Dispose();
        _platform.Dispose();
    }

    [Fact]
    public void An_old_sealed_copy_takes_no_known_epoch_away()
    {
        _keys.Epochs.StartEpoch();
        var old = Sealed(_keys.Epochs);
        _keys.Epochs.StartEpoch();
        var newest = _keys.Epochs.NewestPair();
        Assert.True(TryUnseal(_keys.Epochs, old));
        Assert.Equal(newest, _keys.Epochs.NewestPair());
    }

    [Fact]
    public void A_newer_sealed_copy_brings_the_epochs_that_are_missing()
    {
        using var other = new KeyEpochRing();
        _keys.Epochs.StartEpoch();
        other.TakeOver(_keys.Epochs.Export());
        _keys.Epochs.StartEpoch();
        Assert.True(TryUnseal(other, Sealed(_keys.Epochs)));
        Assert.Equal(_keys.Epochs.NewestPair(), other.NewestPair());
    }

    [Fact]
    public void A_sealed_copy_of_other_epochs_is_refused_and_changes_nothing()
    {
        using var other = new KeyEpochRing();
        other.StartEpoch();
        other.StartEpoch();
        _keys.Epochs.StartEpoch();
        var known = _keys.Epochs.NewestPair();
        Assert.False(TryUnseal(_keys.Epochs, Sealed(other)));
        Assert.Equal(known, _keys.Epochs.NewestPair());
    }

    private byte[] Sealed(KeyEpochRing ring) => ring.Seal(_keys.Seal, TestGenesis.Genesis.VenueId);

    private bool TryUnseal(KeyEpochRing ring, byte[] bytes) => ring.TryUnseal(_keys.Seal, TestGenesis.Genesis.VenueId, bytes);
}
