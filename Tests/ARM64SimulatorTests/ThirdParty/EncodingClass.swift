/// A class of the manual's encoding tables, or a row of it: 32 characters, most significant bit first.
///
/// `0` and `1` are fixed, `x` is any bit. Fields that would hit nothing useful at random have letters of their own:
/// `n` is a base register that points into the scratch buffer, `m` an index register with a small value, `i` a small
/// unsigned and `j` a small signed immediate, `k` a small negative one.
/// Arm ARM section C4.1 (A64 instruction set encoding).
struct EncodingClass {
    let name: String
    let pattern: [Character]

    init(_ name: String, _ pattern: String) {
        self.name = name
        self.pattern = Array(pattern)
        precondition(self.pattern.count == 32, "pattern of \(name)")
    }

    /// A word of the class; fields are filled by `random` and by what the registers hold.
    func word(_ random: inout SplitMix64, pointers: [UInt32], indices: [UInt32]) -> UInt32 {
        var word: UInt32 = 0
        var position = 0
        while position < 32 {
            let letter = pattern[position]
            var length = 1
            switch letter {
            case "0", "1":
                word = word << 1 | (letter == "1" ? 1 : 0)
            case "x":
                word = word << 1 | UInt32(truncatingIfNeeded: random.next() & 1)
            default:
                while position + length < 32 && pattern[position + length] == letter { length += 1 }
                let mask = (UInt32(1) << UInt32(length)) - 1
                word = word << UInt32(length) | field(letter, &random, pointers, indices) & mask
            }
            position += length
        }
        return word
    }

    private func field(
        _ letter: Character,
        _ random: inout SplitMix64,
        _ pointers: [UInt32],
        _ indices: [UInt32]
    ) -> UInt32 {
        switch letter {
        case "n": return pointers.isEmpty ? random.below(32) : pointers[Int(random.below(UInt32(pointers.count)))]
        case "m": return indices.isEmpty ? 31 : indices[Int(random.below(UInt32(indices.count)))]
        case "i": return random.below(9)
        case "j": return random.below(17) &- 8
        default: return 0 &- random.below(8) &- 1
        }
    }

    static let all: [EncodingClass] = dataProcessing + floatingPoint + vector + loadStore

    private static let dataProcessing: [EncodingClass] = [
        EncodingClass("pc-relative addressing", "xxx10000xxxxxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("add/subtract (immediate)", "xxx100010xxxxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("logical (immediate)", "xxx100100xxxxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("move wide", "xxx100101xxxxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("bitfield, 64 bits", "1xx1001101xxxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("bitfield, 32 bits", "0xx1001100xxxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("extract, 64 bits", "10010011110xxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("extract", "xxx100111xxxxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("two sources", "x0011010110xxxxx00xxxxxxxxxxxxxx"),
        EncodingClass("one source", "x101101011000000000xxxxxxxxxxxxx"),
        EncodingClass("logical (shifted register)", "xxx01010xxxxxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("add/subtract (shifted register)", "xxx01011xx0xxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("add/subtract (extended register)", "xxx01011001xxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("add/subtract (with carry)", "xxx11010000xxxxx000000xxxxxxxxxx"),
        EncodingClass("conditional compare", "xx111010010xxxxxxxxxx0xxxxx0xxxx"),
        EncodingClass("conditional select", "xx011010100xxxxxxxxx0xxxxxxxxxxx"),
        EncodingClass("three sources", "x0011011xxxxxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("mrs nzcv", "110101010011101101000010000xxxxx"),
        EncodingClass("msr nzcv", "110101010001101101000010000xxxxx"),
        EncodingClass("hints", "11010101000000110010xxxxxxx11111"),
        EncodingClass("barriers", "11010101000000110011xxxxxxx11111"),
    ]

    private static let floatingPoint: [EncodingClass] = [
        EncodingClass("float and fixed point", "x00111100x0xxxxxxxxxxxxxxxxxxxxx"),
        EncodingClass("float and integer", "x0011110xx1xxxxx000000xxxxxxxxxx"),
        EncodingClass("float, one source", "00011110xx1xxxxxx10000xxxxxxxxxx"),
        EncodingClass("float compare", "000111100x1xxxxx001000xxxxxxx000"),
        EncodingClass("float immediate", "000111100x1xxxxxxxx10000000xxxxx"),
        EncodingClass("float conditional compare", "000111100x1xxxxxxxxx01xxxxxxxxxx"),
        EncodingClass("float, two sources", "000111100x1xxxxxxxxx10xxxxxxxxxx"),
        EncodingClass("float conditional select", "000111100x1xxxxxxxxx11xxxxxxxxxx"),
        EncodingClass("float, three sources", "000111110xxxxxxxxxxxxxxxxxxxxxxx"),
    ]

    private static let vector: [EncodingClass] = [
        EncodingClass("vector three same", "0xx01110xx1xxxxxxxxxx1xxxxxxxxxx"),
        EncodingClass("vector three same, float", "0xx01110xx1xxxxx11xxx1xxxxxxxxxx"),
        EncodingClass("vector three different", "0xx01110xx1xxxxxxxxx00xxxxxxxxxx"),
        EncodingClass("vector two registers", "0xx01110xx10000xxxxx10xxxxxxxxxx"),
        EncodingClass("vector two registers, narrowing and float", "0xx01110xx100001xxxx10xxxxxxxxxx"),
        EncodingClass("vector across lanes", "0xx01110xx11000xxxxx10xxxxxxxxxx"),
        EncodingClass("vector copy", "0xx01110000xxxxx0xxxx1xxxxxxxxxx"),
        EncodingClass("vector extract", "0x101110000xxxxx0xxxx0xxxxxxxxxx"),
        EncodingClass("vector table", "0x001110000xxxxx0xxx00xxxxxxxxxx"),
        EncodingClass("vector permute", "0x001110xx0xxxxx0xxx10xxxxxxxxxx"),
        EncodingClass("vector modified immediate", "0xx0111100000xxxxxxx01xxxxxxxxxx"),
        EncodingClass("vector shift by immediate", "0xx011110xxxxxxxxxxxx1xxxxxxxxxx"),
        EncodingClass("vector by element", "0xx01111xxxxxxxxxxxxx0xxxxxxxxxx"),
        EncodingClass("scalar three same", "01x11110xx1xxxxxxxxxx1xxxxxxxxxx"),
        EncodingClass("scalar three different", "01x11110xx1xxxxxxxxx00xxxxxxxxxx"),
        EncodingClass("scalar two registers", "01x11110xx10000xxxxx10xxxxxxxxxx"),
        EncodingClass("scalar pairwise", "01x11110xx11000xxxxx10xxxxxxxxxx"),
        EncodingClass("scalar copy", "01011110000xxxxx000001xxxxxxxxxx"),
        EncodingClass("scalar shift by immediate", "01x111110xxxxxxxxxxxx1xxxxxxxxxx"),
        EncodingClass("scalar by element", "01x11111xxxxxxxxxxxxx0xxxxxxxxxx"),
        EncodingClass("dot product", "0xx01110100xxxxx100101xxxxxxxxxx"),
        EncodingClass("dot product by element", "0xx0111110xxxxxx1110x0xxxxxxxxxx"),
    ]

    private static let loadStore: [EncodingClass] = [
        EncodingClass("load literal", "xx011x00kkkkkkkkkkkkkkkkkkkxxxxx"),
        EncodingClass("pair", "xx101x0xxxjjjjjjjxxxxxnnnnnxxxxx"),
        EncodingClass("register with unscaled, unprivileged, indexed offset", "xx111x00xx0jjjjjjjjjxxnnnnnxxxxx"),
        EncodingClass("register with register offset", "xx111x00xx1mmmmmxxxx10nnnnnxxxxx"),
        EncodingClass("register with unsigned offset", "xx111x01xxiiiiiiiiiiiinnnnnxxxxx"),
        EncodingClass("multiple structures", "0x0011000x000000xxxxxxnnnnnxxxxx"),
        EncodingClass("multiple structures, post-indexed", "0x0011001x0mmmmmxxxxxxnnnnnxxxxx"),
        EncodingClass("single structure", "0x0011010xx00000xxxxxxnnnnnxxxxx"),
        EncodingClass("single structure, post-indexed", "0x0011011xxmmmmmxxxxxxnnnnnxxxxx"),
        EncodingClass("ordered", "xx0010001x011111111111nnnnnxxxxx"),
        EncodingClass("exclusive store", "xx001000000xxxxxx11111nnnnnxxxxx"),
        EncodingClass("exclusive store of a pair", "1x001000001xxxxxxxxxxxnnnnnxxxxx"),
        exclusiveLoad, exclusivePairLoad,
    ]

    private static let exclusiveLoad = EncodingClass("exclusive load", "xx00100001011111x11111nnnnnxxxxx")
    private static let exclusivePairLoad = EncodingClass("exclusive load of a pair", "1x00100001111111xxxxxxnnnnnxxxxx")

    /// The store with some status register to where an exclusive load is from; nil for another word.
    static func exclusiveStore(after word: UInt32, status: UInt32) -> UInt32? {
        guard word & 0x3fc0_0000 == 0x0840_0000 else { return nil }
        return word & ~0x005f_0000 | status << 16
    }

    /// Forward over one word, so that both ways go on.
    static let branches: [EncodingClass] = [
        EncodingClass("branch", "x0010100000000000000000000000010"),
        EncodingClass("conditional branch", "0101010000000000000000000100xxxx"),
        EncodingClass("compare and branch", "x011010x0000000000000000010xxxxx"),
        EncodingClass("test and branch", "x011011xxxxxx00000000000010xxxxx"),
    ]

    /// Through a register that holds the address of the next word.
    static let registerBranches: [UInt32] = [0xd61f_0000, 0xd63f_0000, 0xd65f_0000]
}

/// Encodings that the third party has and the simulator has not, or the other way: not compared.
struct Exclusion {
    let name: String
    let mask: UInt32
    let value: UInt32

    /// What QEMU's Cortex-A53 has beyond the simulated architecture, and it lacks.
    static let cortexA53: [Exclusion] = [
        Exclusion(name: "FEAT_CRC32", mask: 0x7fe0_e000, value: 0x1ac0_4000),
        Exclusion(name: "FEAT_AES", mask: 0xff3e_0c00, value: 0x4e28_0800),
        Exclusion(name: "FEAT_SHA, three registers", mask: 0xff20_8c00, value: 0x5e00_0000),
        Exclusion(name: "FEAT_SHA, two registers", mask: 0xff3e_0c00, value: 0x5e28_0800),
        Exclusion(name: "FEAT_PMULL", mask: 0xbfe0_fc00, value: 0x0ee0_e000),
        Exclusion(name: "FEAT_DotProd, simulated", mask: 0x9fe0_fc00, value: 0x0e80_9400),
        Exclusion(name: "FEAT_DotProd by element, simulated", mask: 0x9fc0_f400, value: 0x0f80_e000),
    ]

    func matches(_ word: UInt32) -> Bool { word & mask == value }
}

/// A small generator of random numbers with a state of 64 bits.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// A number below `limit`.
    mutating func below(_ limit: UInt32) -> UInt32 { UInt32(truncatingIfNeeded: next() >> 32) % limit }
}
