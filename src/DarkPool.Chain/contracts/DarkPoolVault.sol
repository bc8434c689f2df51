// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Takes deposits of listed ERC-20 tokens for a DarkPool venue.
/// @notice A deposit names its account only inside a tag that is sealed to the venue's enclave. The enclave reads the events
/// by itself and credits what was received.
/// @dev Deposits count from 1 without gaps, so that a reader notices any that it missed. Only tokens that the owner listed are
/// taken. Tokens whose balances change without a transfer (rebasing) must not be listed.
contract DarkPoolVault is Ownable2Step, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /// @notice The length of a tag in bytes: key epoch (4), encapsulated key (32), sealed account (32) and its AEAD tag (16).
    uint256 public constant TAG_LENGTH = 84;

    /// @notice The number of the latest deposit; 0 before the first.
    uint64 public lastDepositId;

    /// @notice Whether deposits of a token are taken.
    mapping(address token => bool listed) public isListed;

    /// @notice A deposit was received.
    /// @param id Its number, from 1 without gaps.
    /// @param token The token deposited.
    /// @param from Who paid it.
    /// @param amount What the vault received, in base units.
    /// @param tag The account, sealed to the enclave.
    event Deposited(uint64 indexed id, address indexed token, address indexed from, uint128 amount, bytes tag);

    /// @notice The owner listed a token, or took it off the list.
    event TokenListed(address indexed token, bool listed);

    /// @notice The token is not listed.
    error TokenNotListed(address token);

    /// @notice A tag has another length than TAG_LENGTH.
    error InvalidTagLength(uint256 length);

    /// @notice The transfer brought nothing.
    error NothingReceived(address token);

    /// @notice There are not as many tags as amounts, or there are none.
    error LengthMismatch(uint256 amounts, uint256 tags);

    constructor(address owner) Ownable(owner) {}

    /// @notice Lists a token, or takes it off the list; what was deposited stays.
    function setListed(address token, bool listed) external onlyOwner {
        isListed[token] = listed;
        emit TokenListed(token, listed);
    }

    /// @notice Deposits a token that the caller has approved to the vault.
    /// @param token A listed token.
    /// @param amount What to transfer, in base units.
    /// @param tag The sealed account, TAG_LENGTH bytes.
    /// @return id The number of the deposit.
    function deposit(address token, uint256 amount, bytes calldata tag) external nonReentrant returns (uint64 id) {
        if (!isListed[token]) revert TokenNotListed(token);
        return _deposit(token, amount, tag);
    }

    /// @notice Deposits one token for many accounts at once: all of it, or nothing.
    /// @param token A listed token.
    /// @param amounts What to transfer for each, in base units.
    /// @param tags As many sealed accounts.
    /// @return firstId The number of the first deposit; the others follow.
    function depositMany(address token, uint256[] calldata amounts, bytes[] calldata tags)
        external
        nonReentrant
        returns (uint64 firstId)
    {
        if (!isListed[token]) revert TokenNotListed(token);
        if (amounts.length != tags.length || amounts.length == 0) revert LengthMismatch(amounts.length, tags.length);
        firstId = lastDepositId + 1;
        for (uint256 i = 0; i < amounts.length; ++i) {
            _deposit(token, amounts[i], tags[i]);
        }
    }

    /// @dev The amount is what the balance gained: a token may keep a fee of the transfer.
    function _deposit(address token, uint256 amount, bytes calldata tag) private returns (uint64 id) {
        if (tag.length != TAG_LENGTH) revert InvalidTagLength(tag.length);
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = IERC20(token).balanceOf(address(this)) - before;
        if (received == 0) revert NothingReceived(token);
        id = ++lastDepositId;
        emit Deposited(id, token, msg.sender, SafeCast.toUint128(received), tag);
    }
}
