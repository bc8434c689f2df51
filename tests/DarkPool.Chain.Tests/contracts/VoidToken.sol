// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Not a token: claims that every transfer succeeded and moves nothing.
contract VoidToken {
    function balanceOf(address) external pure returns (uint256) {
        return 0;
    }

    function transferFrom(address, address, uint256) external pure returns (bool) {
        return true;
    }
}
