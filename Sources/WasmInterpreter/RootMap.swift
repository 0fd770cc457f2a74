/// Where the frames of a function hold values, for collections of garbage.
///
/// All that is in a local's slot is a value. So is what is in a slot of the operand stack below its height, but where the value is an
/// alias that has not been moved there: then the slot holds what was left behind. Skipping those makes what is alive the same whether
/// instructions are fused or not.
struct RootMap {
    /// A slot of the operand stack that holds no value, and those below it.
    struct Alias {
        var slot: UInt32
        /// In slots.
        var width: UInt32
        /// The position of the next lower one; negative where there is none.
        var below: Int32
    }

    /// The number of slots of locals.
    var localSlots: Int
    var firstOperandSlot: Int
    var aliases: [Alias] = []
    /// By rising number of the word behind an instruction that may allocate or call, where there are aliases: the highest one.
    private var sites: [(word: Int, alias: Int32)] = []

    init(localSlots: Int, firstOperandSlot: Int) {
        self.localSlots = localSlots
        self.firstOperandSlot = firstOperandSlot
    }

    mutating func addSite(before word: Int, highestAlias: Int32) { sites.append((word, highestAlias)) }

    /// The highest alias before a word; negative where there is none.
    func highestAlias(before word: Int) -> Int32 {
        var low = 0
        var high = sites.count
        while low < high {
            let middle = (low + high) / 2
            if sites[middle].word < word { low = middle + 1 } else { high = middle }
        }
        return low < sites.count && sites[low].word == word ? sites[low].alias : -1
    }
}
