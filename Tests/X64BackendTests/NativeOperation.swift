#if arch(x86_64)
    import Glibc
    import RegisterAllocation
    import SSA
    import Testing

    @testable import MachineCode
    @testable import X64Backend

    /// One SSA instruction as machine code of this host, with operands in places that a test chooses.
    ///
    /// The code loads all allocatable registers from an image, runs what the back end emits for the instruction, and stores them
    /// back, so that a test sees the result and whatever else changed.
    struct NativeOperation {
        /// Where the operands go that may choose.
        struct Placement: CustomTestStringConvertible, Sendable {
            var name: String
            /// In the order in which they are taken.
            var integers: [X64GPR]
            var vectors: [UInt8]
            /// Whether operands with the constraint `any` go to spill slots.
            var usesSlots = false
            /// Whether a definition takes the register of the last use of its class.
            var sharesWithUses = false
            /// Whether all operands are one and the same value.
            var isOneValue = false

            var testDescription: String { name }

            static let all = [
                Placement(name: "low registers", integers: [.rax, .rcx, .rdx, .rbx], vectors: [0, 1, 2, 3]),
                Placement(
                    name: "slots, shared definition",
                    integers: [.rbx, .rdx, .rsi],
                    vectors: [7, 6, 5],
                    usesSlots: true,
                    sharesWithUses: true
                ),
                Placement(
                    name: "high registers, shared definition",
                    integers: [.r13, .r8, .r12, .r10],
                    vectors: [13, 8, 12, 9],
                    sharesWithUses: true
                ),
                Placement(name: "registers that are lost", integers: [.rdx, .rsi, .rdi, .r9], vectors: [1, 0, 9]),
                Placement(name: "slots", integers: [.rdi, .rsi, .r12], vectors: [2, 10, 4], usesSlots: true),
                Placement(
                    name: "one value for all operands",
                    integers: [.rbx, .rsi],
                    vectors: [3, 11],
                    isOneValue: true
                ),
            ]
        }

        /// The registers of the image, in its order.
        static let imageRegisters: [PhysicalRegister] = (UInt8(0)..<64)
            .map { PhysicalRegister(number: $0) }.filter { X64Backend().machine.allocatable.contains($0) }
        static let slotCount = 4

        var bytes: [UInt8]
        /// For each use, the value's number among the arguments and where it must be.
        var uses: [(argument: Int, location: Location)]
        var definition: PhysicalRegister?
        /// What may have changed afterwards.
        var lost: RegisterSet
        /// The machine instruction's name.
        var name: String

        /// Selects and emits one instruction.
        init(
            _ operation: SSA.Operation,
            _ type: IRType,
            operands: [IRType],
            immediate: Int64 = 0,
            _ placement: Placement
        ) throws {
            let backend = X64Backend()
            let parameters = placement.isOneValue ? Array(operands.prefix(1)) : operands
            var builder = FunctionBuilder(name: "operation", signature: Signature(parameters: parameters))
            let values = builder.parameters(of: builder.entry)
            let arguments = operands.indices.map { placement.isOneValue ? values[0] : values[$0] }
            switch arguments.count {
            case 0: builder.emit(operation, type, immediate: immediate)
            case 1: builder.emit(operation, type, arguments[0], immediate: immediate)
            case 2: builder.emit(operation, type, arguments[0], arguments[1], immediate: immediate)
            default: builder.emit(operation, type, arguments[0], arguments[1], arguments[2], immediate: immediate)
            }
            builder.return()
            let function = builder.finish()
            var selection = Selection(
                name: function.name,
                shape: .compiled,
                function: function,
                machine: backend.machine,
                stages: SelectionStages(),
                limits: CompilationLimits()
            )
            let record = function.instructions[0]
            selection.current = record
            guard try backend.select(record, into: &selection), selection.machineFunction.instructions.count == 1 else {
                throw NotSelected(operation: operation)
            }
            let machineFunction = selection.machineFunction
            let problem = machineFunction.problem
            let assignment = Assignment(of: problem, argumentCount: parameters.count, placement)
            uses = assignment.uses
            definition = assignment.definition
            lost = problem.instructions[0].clobbers
            if let definition { lost.insert(definition) }
            name = backend.name(ofForm: machineFunction.instructions[0].form)

            var allocation = Allocation()
            allocation.locations = assignment.locations
            allocation.spillSlotCount = Self.slotCount
            let frame = try FrameLayout(
                of: machineFunction,
                spillSlotCount: Self.slotCount,
                on: backend.machine,
                limits: CompilationLimits()
            )
            var emission = Emission(
                function: machineFunction,
                frame: frame,
                machine: backend.machine,
                branchReach: .near,
                allocation: allocation
            )
            let saved: [X64GPR] = [.rbx, .r12, .r13, .r14, .r15]
            for register in saved { emission.append(.push64O, register.rawValue) }
            backend.emitStackAdjustment(downBy: 64, into: &emission)
            emission.append(.mov64RM, X64GPR.r14.rawValue, X64GPR.rdi.rawValue)
            let context = X64GPR.r14.physical
            for slot in 0..<Self.slotCount {
                let offset = (Self.imageRegisters.count + slot) * 8
                backend.emitLoad(.i64, to: X64GPR.r15.physical, base: context, offset: offset, into: &emission)
                let place = frame.offset(ofSlot: UInt32(slot))
                let rsp = X64GPR.rsp.physical
                backend.emitStore(.i64, from: X64GPR.r15.physical, base: rsp, offset: place, into: &emission)
            }
            for (position, register) in Self.imageRegisters.enumerated() {
                let type: IRType = register.registerClass == .integer ? .i64 : .f64
                backend.emitLoad(type, to: register, base: context, offset: position * 8, into: &emission)
            }
            backend.emit(machineFunction.instructions[0], into: &emission)
            for (position, register) in Self.imageRegisters.enumerated() {
                let type: IRType = register.registerClass == .integer ? .i64 : .f64
                backend.emitStore(type, from: register, base: context, offset: position * 8, into: &emission)
            }
            backend.emitStackAdjustment(downBy: -64, into: &emission)
            for register in saved.reversed() { emission.append(.pop64O, register.rawValue) }
            emission.append(.ret)
            emission.code.placeConstants()
            try emission.code.resolve()
            bytes = emission.code.bytes
        }

        struct NotSelected: Error { var operation: SSA.Operation }

        /// Runs the code for arguments, and answers the definition's bits and the registers that changed though they may not.
        func run(_ arguments: [UInt64], in memory: ExecutableMemory) -> (result: UInt64, changed: [PhysicalRegister]) {
            let registerCount = Self.imageRegisters.count
            let image = memory.image
            for position in 0..<registerCount + Self.slotCount { image[position] = Self.poison + UInt64(position) }
            for use in uses { image[Self.position(of: use.location)] = arguments[use.argument] }
            let result = definition.map { Self.position(of: .register($0)) }
            memory.call()
            var changed: [PhysicalRegister] = []
            for position in 0..<registerCount where image[position] != Self.poison + UInt64(position) {
                let register = Self.imageRegisters[position]
                if lost.contains(register) { continue }
                let use = uses.first { $0.location == .register(register) }
                if use.map({ arguments[$0.argument] != image[position] }) ?? true { changed.append(register) }
            }
            return (result.map { image[$0] } ?? 0, changed)
        }

        private static let poison: UInt64 = 0xBAD0_0000_0000_0000

        /// Where the content of a location is in the image.
        private static func position(of location: Location) -> Int {
            switch location {
            case .none: preconditionFailure("operand has a location")
            case .register(let register): imageRegisters.firstIndex(of: register)!
            case .slot(let slot): imageRegisters.count + Int(slot)
            }
        }
    }

    /// Locations for the operands of one instruction that obey their constraints.
    private struct Assignment {
        var locations: [Location]
        var uses: [(argument: Int, location: Location)] = []
        var definition: PhysicalRegister?

        init(of problem: AllocationProblem, argumentCount: Int, _ placement: NativeOperation.Placement) {
            let operands = problem.operands
            locations = operands.map { _ in .none }
            var free: [PhysicalRegister] =
                placement.integers.map(\.physical) + placement.vectors.map { PhysicalRegister(.vector, $0) }
            // Fixed places first: no other value may be there.
            for (position, operand) in operands.enumerated() {
                guard case .fixed(let register) = operand.constraint else { continue }
                locations[position] = .register(register)
                if operand.role == .use { free.removeAll { $0 == register } } else { definition = register }
            }
            var placeOfValue: [VirtualRegister: Location] = [:]
            var slot: UInt32 = 1
            var lastUse: [RegisterClass: PhysicalRegister] = [:]
            for (position, operand) in operands.enumerated() where operand.role == .use {
                let registerClass = problem.registerKinds[operand.register.position].registerClass
                if locations[position] == .none {
                    if let known = placeOfValue[operand.register] {
                        locations[position] = known
                    } else if operand.constraint == .any && placement.usesSlots {
                        locations[position] = .slot(slot)
                        slot += 1
                    } else {
                        let place = free.firstIndex { $0.registerClass == registerClass }!
                        locations[position] = .register(free.remove(at: place))
                        placeOfValue[operand.register] = locations[position]
                    }
                }
                if case .register(let register) = locations[position] { lastUse[registerClass] = register }
                uses.append((operand.register.position, locations[position]))
            }
            for (position, operand) in operands.enumerated() where operand.role == .definition {
                let registerClass = problem.registerKinds[operand.register.position].registerClass
                if case .reuse(let use) = operand.constraint {
                    locations[position] = locations[Int(use)]
                } else if locations[position] == .none {
                    let shared = placement.sharesWithUses ? lastUse[registerClass] : nil
                    locations[position] = .register(shared ?? free.first { $0.registerClass == registerClass }!)
                }
                if case .register(let register) = locations[position] { definition = register }
            }
        }
    }

    /// Memory that holds code, and the image that the code reads and writes.
    final class ExecutableMemory {
        let image = UnsafeMutablePointer<UInt64>.allocate(capacity: 64)
        private let base: UnsafeMutableRawPointer
        private static let size = 1 << 16

        /// Maps the memory and copies the code there.
        init(_ bytes: [UInt8]) {
            let protection = PROT_READ | PROT_WRITE | PROT_EXEC
            base = mmap(nil, Self.size, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            precondition(base != MAP_FAILED && bytes.count <= Self.size)
            base.copyMemory(from: bytes, byteCount: bytes.count)
        }

        deinit {
            munmap(base, Self.size)
            image.deallocate()
        }

        func call() {
            typealias Code = @convention(c) (UnsafeMutablePointer<UInt64>) -> Void
            unsafeBitCast(base, to: Code.self)(image)
        }
    }
#endif
