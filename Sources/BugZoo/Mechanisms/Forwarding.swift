import SSA

extension Specimen {
    /// What memory and the context are believed to hold still.
    static let forwardings = [
        overlappingStoreIgnored, narrowStoreForwarded, lengthKeptOverGrow, globalKeptOverCalls, loadKeptInLoop,
        checkOfOtherBranch,
    ]

    /// A store forgets what was known of its own place only.
    static let overlappingStoreIgnored = Specimen(
        "overlapping-store-ignored",
        trigger: "a load of what was stored before, after a narrower store into the middle of it",
        mechanism: "stores with different offsets from one address are taken to be apart"
    ) { pipeline in
        pipeline.addLast(to: .repeatedLoads) { function in
            var known: [MemoryPlace: Value] = [:]
            var block = 0
            return FunctionRewriting.rewrite(function) { rewriting, instruction in
                if block != rewriting.block { known = [:] }
                block = rewriting.block
                switch instruction.operation {
                case .store(let width):
                    let place = MemoryPlace(rewriting.operand(0, of: instruction), instruction.immediate)
                    if known.keys.contains(where: { $0.address != place.address }) { known = [:] }
                    known[place] = width == .full ? rewriting.operand(1, of: instruction) : nil
                case .load(.full):
                    let place = MemoryPlace(rewriting.operand(0, of: instruction), instruction.immediate)
                    guard let value = known[place], function.type(of: value) == instruction.type else { break }
                    return rewriting.replace(instruction, by: value)
                default:
                    if instruction.operation.effect == .writesContext { known = [:] }
                }
                return instruction
            }
        }
    }

    /// The value that was stored had more bits.
    static let narrowStoreForwarded = Specimen(
        "narrow-store-forwarded",
        trigger: "i32.load16_u of what i32.store16 has just stored, a number of more than 16 bits",
        mechanism: "a load gets the value of a store of its own width, uncut"
    ) { pipeline in
        pipeline.addLast(to: .repeatedLoads) { function in
            var last: (place: MemoryPlace, value: Value)?
            var block = 0
            return FunctionRewriting.rewrite(function) { rewriting, instruction in
                if block != rewriting.block { last = nil }
                block = rewriting.block
                switch instruction.operation {
                case .store(let width):
                    let place = MemoryPlace(rewriting.operand(0, of: instruction), instruction.immediate)
                    let isHalf = width == .unsigned16 || width == .signed16
                    last = isHalf ? (place, rewriting.operand(1, of: instruction)) : nil
                case .load(.unsigned16):
                    let place = MemoryPlace(rewriting.operand(0, of: instruction), instruction.immediate)
                    guard let last, last.place == place, function.type(of: last.value) == instruction.type else {
                        break
                    }
                    return rewriting.replace(instruction, by: last.value)
                default:
                    if instruction.operation.effect == .writesContext { last = nil }
                }
                return instruction
            }
        }
    }

    /// The runtime changes fields too.
    static let lengthKeptOverGrow = Specimen(
        "length-kept-over-grow",
        trigger: "an access or memory.size before and after memory.grow in one block",
        mechanism: "what was loaded of the context stays known over calls of the runtime"
    ) { pipeline in
        pipeline.addLast(to: .repeatedLoads) { function in
            var known: [Int64: Value] = [:]
            var block = 0
            return FunctionRewriting.rewrite(function) { rewriting, instruction in
                if block != rewriting.block { known = [:] }
                block = rewriting.block
                switch instruction.operation {
                case .loadContext:
                    let result = Value(Int(instruction.firstResult))
                    guard let value = known[instruction.immediate], function.type(of: value) == instruction.type
                    else {
                        known[instruction.immediate] = result
                        break
                    }
                    return rewriting.replace(instruction, by: value)
                case .storeContext: known[instruction.immediate] = nil
                case .call, .callIndirect, .tryCall, .tryCallIndirect, .tryCallRuntime: known = [:]
                default: break
                }
                return instruction
            }
        }
    }

    /// Callees set globals as well.
    static let globalKeptOverCalls = Specimen(
        "global-kept-over-calls",
        trigger: "a global that is read at the beginning and again after a call that sets it",
        mechanism: "a field of the context that the function itself never stores is loaded once"
    ) { pipeline in
        pipeline.addLast(to: .repeatedLoads) { function in
            let stored = Set(function.instructions.filter { $0.operation == .storeContext }.map(\.immediate))
            var known: [Int64: Value] = [:]
            return FunctionRewriting.rewrite(function) { rewriting, instruction in
                guard instruction.operation == .loadContext, !stored.contains(instruction.immediate) else {
                    return instruction
                }
                if let value = known[instruction.immediate], function.type(of: value) == instruction.type {
                    return rewriting.replace(instruction, by: value)
                }
                // The entry dominates everything.
                if rewriting.block == 0 { known[instruction.immediate] = Value(Int(instruction.firstResult)) }
                return instruction
            }
        }
    }

    /// What comes later in the code comes earlier in the next iteration.
    static let loadKeptInLoop = Specimen(
        "load-kept-in-loop",
        trigger: "a load at the entry and again at the head of a loop, which stores there further down",
        mechanism: "a load stays known through a loop up to the first store, without regard to jumps backwards"
    ) { pipeline in
        pipeline.addLast(to: .repeatedLoads) { function in
            var known: [MemoryPlace: Value] = [:]
            return FunctionRewriting.rewrite(function) { rewriting, instruction in
                switch instruction.operation.effect {
                case .writesMemory, .writesContext: known = [:]
                case .readsMemory where instruction.operation == .load(.full):
                    let place = MemoryPlace(rewriting.operand(0, of: instruction), instruction.immediate)
                    if let value = known[place], function.type(of: value) == instruction.type {
                        return rewriting.replace(instruction, by: value)
                    }
                    // The entry dominates everything.
                    if rewriting.block == 0 { known[place] = Value(Int(instruction.firstResult)) }
                case .readsMemory, .pure, .leaves, .readsContext: break
                }
                return instruction
            }
        }
    }

    /// Whoever comes here may have come another way.
    static let checkOfOtherBranch = Specimen(
        "check-of-other-branch",
        trigger: "the same access in both arms of an if, out of bounds, in a function without calls",
        mechanism: "a check is left out where an earlier block makes it, whether that one dominates or not"
    ) { pipeline in
        pipeline.addFirst(to: .repeatedChecks) { function in
            if function.instructions.contains(where: { $0.operation.isCall }) { return function }
            var checked: Set<Comparison> = []
            return FunctionRewriting.rewrite(function) { rewriting, instruction in
                guard instruction.operation == .trapIf,
                    let comparison = Comparison(rewriting.operand(0, of: instruction), rewriting)
                else { return instruction }
                return checked.insert(comparison).inserted ? instruction : nil
            }
        }
    }
}

/// A place in memory: an address and an offset in bytes.
private struct MemoryPlace: Hashable {
    var address: Value
    var offset: Int64

    init(_ address: Value, _ offset: Int64) {
        self.address = address
        self.offset = offset
    }
}

/// What a check of bounds compares: an index and a constant with a field of the context.
private struct Comparison: Hashable {
    var index: Value
    var extent: Int64
    var field: Int64

    init?(_ condition: Value, _ rewriting: FunctionRewriting) {
        guard let comparison = rewriting.definition(of: condition),
            comparison.operation == .compare(.greaterUnsigned),
            let sum = rewriting.definition(of: rewriting.operand(0, of: comparison)), sum.operation == .add,
            let bound = rewriting.definition(of: rewriting.operand(1, of: comparison)),
            bound.operation == .loadContext,
            let extent = rewriting.constant(rewriting.operand(1, of: sum)),
            let index = rewriting.definition(of: rewriting.operand(0, of: sum)), index.operation == .extendUnsigned
        else { return nil }
        self.index = rewriting.operand(0, of: index)
        self.extent = extent
        field = bound.immediate
    }
}
