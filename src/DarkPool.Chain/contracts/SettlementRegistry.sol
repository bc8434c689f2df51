// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title The public record of what a DarkPool venue settled.
/// @notice Anybody may bring a batch; what counts is the registered enclave's EIP-712 signature over it. Batches form one
/// chain: numbers without gaps, each naming the state root of its predecessor and the log block that follows it.
contract SettlementRegistry is Ownable2Step, EIP712 {
    /// @notice What one market settles: the sum of its published trades.
    /// @param market Number of the market.
    /// @param trades How many trades.
    /// @param price Volume-weighted mean in ticks, rounded down.
    /// @param quantity Sum in lots.
    /// @param notional Sum in base units of the quote asset.
    struct MarketSettlement {
        uint32 market;
        uint32 trades;
        int64 price;
        uint128 quantity;
        uint128 notional;
    }

    /// @notice The public result of the log blocks from firstBlock to lastBlock.
    /// @param shard Number of the shard.
    /// @param sequence Number of the batch, from 1.
    /// @param firstBlock The block after the last one of the previous batch; 1 in the first.
    /// @param lastBlock The block that the batch closed with.
    /// @param time Time of the last block, microseconds since 1970.
    /// @param previousRoot State root of the previous batch; zero in the first.
    /// @param stateRoot State root after the last block.
    /// @param entitlementRoot Merkle root over what every account is entitled to.
    /// @param logHead Head of the log after the last block.
    /// @param markets The markets with trades, ascending by number.
    struct SettlementBatch {
        uint32 shard;
        uint64 sequence;
        uint64 firstBlock;
        uint64 lastBlock;
        int64 time;
        bytes32 previousRoot;
        bytes32 stateRoot;
        bytes32 entitlementRoot;
        bytes32 logHead;
        MarketSettlement[] markets;
    }

    bytes32 private constant MARKET_TYPEHASH = keccak256(
        "MarketSettlement(uint32 market,uint32 trades,int64 price,uint128 quantity,uint128 notional)"
    );

    bytes32 private constant BATCH_TYPEHASH = keccak256(
        "SettlementBatch(uint32 shard,uint64 sequence,uint64 firstBlock,uint64 lastBlock,int64 time,"
        "bytes32 previousRoot,bytes32 stateRoot,bytes32 entitlementRoot,bytes32 logHead,MarketSettlement[] markets)"
        "MarketSettlement(uint32 market,uint32 trades,int64 price,uint128 quantity,uint128 notional)"
    );

    /// @notice The shard whose batches are recorded here.
    uint32 public immutable shard;

    /// @notice The enclave whose signature counts; zero before one is registered.
    address public enclave;

    /// @notice Number of the last batch; 0 before the first.
    uint64 public lastSequence;

    /// @notice Last log block that a batch covers.
    uint64 public lastBlock;

    /// @notice State root of the last batch.
    bytes32 public stateRoot;

    /// @notice Entitlement root of the last batch.
    bytes32 public entitlementRoot;

    /// @notice Head of the log after the last block that a batch covers.
    bytes32 public logHead;

    /// @notice The owner registered another enclave.
    event EnclaveRegistered(address indexed enclave, address indexed previous);

    /// @notice What one market settled in a batch.
    event MarketSettled(
        uint64 indexed sequence, uint32 indexed market, int64 price, uint128 quantity, uint128 notional, uint32 trades
    );

    /// @notice A batch was recorded; it comes after the events of its markets.
    event BatchSettled(
        uint64 indexed sequence, bytes32 stateRoot, bytes32 entitlementRoot, bytes32 logHead, uint64 lastBlock
    );

    /// @notice No enclave is registered.
    error NoEnclave();

    /// @notice The batch is of another shard.
    error WrongShard(uint32 expected, uint32 actual);

    /// @notice The batch is not the next one.
    error WrongSequence(uint64 expected, uint64 actual);

    /// @notice The batch does not follow the last state root.
    error WrongPreviousRoot(bytes32 expected, bytes32 actual);

    /// @notice The blocks of the batch do not follow those of the last one, or run backwards.
    error WrongBlocks(uint64 expectedFirst, uint64 first, uint64 last);

    /// @notice The markets of the batch do not ascend.
    error MarketsNotAscending(uint32 market);

    /// @notice There are not as many signatures as batches, or there are none.
    error LengthMismatch(uint256 batches, uint256 signatures);

    /// @notice The signature is not the registered enclave's.
    error WrongSigner(address recovered);

    constructor(address owner, uint32 shard_) Ownable(owner) EIP712("DarkPool", "1") {
        shard = shard_;
    }

    /// @notice Registers the address of the enclave whose batches are accepted from now on.
    function registerEnclave(address enclave_) external onlyOwner {
        emit EnclaveRegistered(enclave_, enclave);
        enclave = enclave_;
    }

    /// @notice Records the next batch.
    /// @param batch The batch.
    /// @param signature The enclave's signature over batchDigest(batch): r, s and v, 65 bytes, s in the lower half.
    function settle(SettlementBatch calldata batch, bytes calldata signature) external {
        _settle(batch, signature);
    }

    /// @notice Records the next batches, in their order: all of them, or none.
    /// @param batches The batches.
    /// @param signatures As many signatures, as settle takes them.
    function settleMany(SettlementBatch[] calldata batches, bytes[] calldata signatures) external {
        if (batches.length != signatures.length || batches.length == 0) {
            revert LengthMismatch(batches.length, signatures.length);
        }
        for (uint256 i = 0; i < batches.length; ++i) {
            _settle(batches[i], signatures[i]);
        }
    }

    /// @notice The last batch at one glance, from one state of the chain; zeros before the first.
    function last()
        external
        view
        returns (uint64 sequence, uint64 block_, bytes32 stateRoot_, bytes32 entitlementRoot_, bytes32 logHead_)
    {
        return (lastSequence, lastBlock, stateRoot, entitlementRoot, logHead);
    }

    /// @notice The EIP-712 digest that the enclave signs.
    function batchDigest(SettlementBatch calldata batch) public view returns (bytes32) {
        bytes32[] memory markets = new bytes32[](batch.markets.length);
        for (uint256 i = 0; i < markets.length; ++i) {
            MarketSettlement calldata m = batch.markets[i];
            markets[i] = keccak256(abi.encode(MARKET_TYPEHASH, m.market, m.trades, m.price, m.quantity, m.notional));
        }
        return _hashTypedDataV4(
            keccak256(
                abi.encode(
                    BATCH_TYPEHASH,
                    batch.shard,
                    batch.sequence,
                    batch.firstBlock,
                    batch.lastBlock,
                    batch.time,
                    batch.previousRoot,
                    batch.stateRoot,
                    batch.entitlementRoot,
                    batch.logHead,
                    keccak256(abi.encodePacked(markets))
                )
            )
        );
    }

    function _settle(SettlementBatch calldata batch, bytes calldata signature) private {
        _requireNext(batch);
        _requireEnclave(batchDigest(batch), signature);

        lastSequence = batch.sequence;
        lastBlock = batch.lastBlock;
        stateRoot = batch.stateRoot;
        entitlementRoot = batch.entitlementRoot;
        logHead = batch.logHead;

        for (uint256 i = 0; i < batch.markets.length; ++i) {
            MarketSettlement calldata m = batch.markets[i];
            if (i > 0 && m.market <= batch.markets[i - 1].market) revert MarketsNotAscending(m.market);
            emit MarketSettled(batch.sequence, m.market, m.price, m.quantity, m.notional, m.trades);
        }
        emit BatchSettled(batch.sequence, batch.stateRoot, batch.entitlementRoot, batch.logHead, batch.lastBlock);
    }

    function _requireNext(SettlementBatch calldata batch) private view {
        if (batch.shard != shard) revert WrongShard(shard, batch.shard);
        if (batch.sequence != lastSequence + 1) revert WrongSequence(lastSequence + 1, batch.sequence);
        if (batch.previousRoot != stateRoot) revert WrongPreviousRoot(stateRoot, batch.previousRoot);
        if (batch.firstBlock != lastBlock + 1 || batch.lastBlock < batch.firstBlock) {
            revert WrongBlocks(lastBlock + 1, batch.firstBlock, batch.lastBlock);
        }
    }

    function _requireEnclave(bytes32 digest, bytes calldata signature) private view {
        if (enclave == address(0)) revert NoEnclave();
        (address recovered,,) = ECDSA.tryRecover(digest, signature);
        if (recovered != enclave) revert WrongSigner(recovered);
    }
}
