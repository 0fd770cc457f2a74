/// What collections of garbage need to know about the frame.
extension Flattener {
    /// Notes which values are not in their own slots, for the instruction that was emitted last and that may allocate or call; its
    /// operands have been taken from the stack.
    mutating func noteRoots() {
        aliasPlaces.removeSubrange(knownAliases...)
        for place in aliases[knownAliases...] {
            let entry = entries[place]
            roots.aliases.append(
                RootMap.Alias(slot: entry.slot, width: entry.width, below: aliasPlaces.last ?? -1)
            )
            aliasPlaces.append(Int32(roots.aliases.count - 1))
        }
        knownAliases = aliases.count
        if let highest = aliasPlaces.last { roots.addSite(before: code.count, highestAlias: highest) }
    }
}
