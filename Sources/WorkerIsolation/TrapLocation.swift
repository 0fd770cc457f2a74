import FunctionNames

/// Where a worker reached a trap instruction, as it says in its last line.
///
/// An overflow, an index out of range and a value that is nil stop a release build by the same signal, without a word; the function
/// tells them apart.
struct TrapLocation {
    /// In the executable's file: the trapping function and its callers, innermost first.
    let addresses: [Int]

    private static let prefix = "trap at "

    /// Reads the line that `trap_report_install` of module TrapReport writes; nil for any other.
    init?(line: String) {
        guard line.hasPrefix(Self.prefix) else { return nil }
        let words = line.dropFirst(Self.prefix.count).split(separator: " ")
        addresses = words.compactMap {
            $0.hasPrefix("0x") ? UInt($0.dropFirst(2), radix: 16).flatMap(Int.init(exactly:)) : nil
        }
        if addresses.isEmpty || addresses.count != words.count { return nil }
    }

    /// The innermost function of the executable, by its short name, e.g. `ConstantFolding.rotateRight`.
    func function(in symbols: FunctionSymbols) -> String? {
        for address in addresses {
            if let name = symbols.name(at: address) { return FunctionName.short(ofSymbol: name) }
        }
        return nil
    }
}
