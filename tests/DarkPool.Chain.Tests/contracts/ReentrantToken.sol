// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

interface IVault {
    function deposit(address token, uint256 amount, bytes calldata tag) external returns (uint64);
}

/// @title A token that deposits again in the middle of a transfer to the vault.
contract ReentrantToken is ERC20 {
    IVault private immutable _vault;

    constructor(address vault) ERC20("Reentrant", "RE") {
        _vault = IVault(vault);
        _mint(msg.sender, 1e30);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (to == address(_vault)) _vault.deposit(address(this), 1, new bytes(84));
    }
}
