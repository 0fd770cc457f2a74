#if arch(x86_64)
    import Glibc
    import RegisterAllocation
    import SSA
    import Testing
    import WasmModel

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
        static let slotCount = 8

        var bytes: [UInt8]
        /// For each use, the value's number among the arguments and where it must be.
        var uses: [(argument: Int, location: Location, isVector: Bool)]
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
            vectorConstants: [V128] = [],
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
            let facts = SelectionFacts(function, foldsOperands: false)
            guard let selected = backend.selectedInstruction(for: record, at: 0, in: facts) else {
                throw NotSelected(operation: operation)
            }
            selection.add(selected)
            var machineFunction = selection.machineFunction
            machineFunction.vectorConstants = vectorConstants.map { ($0.low, $0.high) }
            let problem = machineFunction.problem
            let assignment = Assignment(of: problem, argumentCount: parameters.count, placement)
            uses = assignment.uses
            definition = assignment.definition
            lost = problem.instructions[0].clobbers
            if let definition { lost.insert(definition) }
            name = X64MachineForm.name(machineFunction.instructions[0].form)

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
                let offset = Self.imageRegisters.count * 16 + slot * 8
                backend.emitLoad(.i64, to: X64GPR.r15.physical, base: context, offset: offset, into: &emission)
                let place = frame.offset(ofSlot: UInt32(slot))
                let rsp = X64GPR.rsp.physical
                backend.emitStore(.i64, from: X64GPR.r15.physical, base: rsp, offset: place, into: &emission)
            }
            for (position, register) in Self.imageRegisters.enumerated() {
                let type: IRType = register.registerClass == .integer ? .i64 : .v128
                backend.emitLoad(type, to: register, base: context, offset: position * 16, into: &emission)
            }
            backend.emit(machineFunction.instructions[0], into: &emission)
            for (position, register) in Self.imageRegisters.enumerated() {
                let type: IRType = register.registerClass == .integer ? .i64 : .v128
                backend.emitStore(type, from: register, base: context, offset: position * 16, into: &emission)
            }
            backend.emitStackAdjustment(downBy: -64, into: &emission)
            for register in saved.reversed() { emission.append(.pop64O, register.rawValue) }
            emission.append(.ret)
            emission.code.placeConstants()
            try emission.code.resolve()
            bytes = emission.code.bytes
        }

        struct NotSelected: Error { var operation: SSA.Operation }

        /// Runs the code for arguments of at most 64 bits; what is above them in vector registers is not zero.
        func run(_ arguments: [UInt64], in memory: ExecutableMemory) -> (result: UInt64, changed: [PhysicalRegister]) {
            let vectors = arguments.map { V128(low: $0, high: Self.poison) }
            let (result, changed) = run(vectors: vectors, in: memory)
            return (result.low, changed)
        }

        /// Runs the code for arguments, and answers the definition's bits and the registers that changed though they may not.
        func run(vectors arguments: [V128], in memory: ExecutableMemory) -> (result: V128, changed: [PhysicalRegister])
        {
            let registerCount = Self.imageRegisters.count
            let image = memory.image
            for position in 0..<registerCount * 2 + Self.slotCount { image[position] = Self.poison + UInt64(position) }
            for use in uses {
                let position = Self.position(of: use.location)
                image[position] = arguments[use.argument].low
                if use.isVector { image[position + 1] = arguments[use.argument].high }
            }
            memory.call()
            var changed: [PhysicalRegister] = []
            for (number, register) in Self.imageRegisters.enumerated() {
                let position = number * 2
                let bits = V128(low: image[position], high: image[position + 1])
                var expected = V128(low: Self.poison + UInt64(position), high: Self.poison + UInt64(position + 1))
                if bits == expected || lost.contains(register) { continue }
                if let use = uses.first(where: { $0.location == .register(register) }) {
                    expected.low = arguments[use.argument].low
                    if use.isVector { expected.high = arguments[use.argument].high }
                }
                if bits != expected { changed.append(register) }
            }
            guard let definition else { return (V128(low: 0, high: 0), changed) }
            let position = Self.position(of: .register(definition))
            return (V128(low: image[position], high: image[position + 1]), changed)
        }

        private static let poison: UInt64 = 0xBAD0_0000_0000_0000

        /// Where the content of a location is in the image, in words of 64 bits.
        private static func position(of location: Location) -> Int {
            switch location {
            case .none: preconditionFailure("operand has a location")
            case .register(let register): imageRegisters.firstIndex(of: register)! * 2
            case .slot(let slot): imageRegisters.count * 2 + Int(slot)
            }
        }
    }

    /// Locations for the operands of one instruction that obey their constraints.
    private struct Assignment {
        var locations: [Location]
        var uses: [(argument: Int, location: Location, isVector: Bool)] = []
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
            var placesOfLateUses: [PhysicalRegister] = []
            var lastUse: [RegisterClass: PhysicalRegister] = [:]
            for (position, operand) in operands.enumerated() where operand.role == .use {
                let kind = problem.registerKinds[operand.register.position]
                let registerClass = kind.registerClass
                let isVector = kind == .vector
                if locations[position] == .none {
                    if let known = placeOfValue[operand.register], operand.position == .early {
                        locations[position] = known
                    } else if operand.constraint == .any && placement.usesSlots {
                        if isVector { slot = (slot + 1) & ~1 }
                        locations[position] = .slot(slot)
                        slot += isVector ? 2 : 1
                    } else {
                        let place = free.firstIndex { $0.registerClass == registerClass }!
                        locations[position] = .register(free.remove(at: place))
                        placeOfValue[operand.register] = locations[position]
                    }
                }
                if case .register(let register) = locations[position] {
                    if operand.position == .late {
                        placesOfLateUses.append(register)
                    } else {
                        lastUse[registerClass] = register
                    }
                }
                uses.append((operand.register.position, locations[position], isVector))
            }
            for (position, operand) in operands.enumerated() where operand.role == .definition {
                let registerClass = problem.registerKinds[operand.register.position].registerClass
                if case .reuse(let use) = operand.constraint {
                    locations[position] = locations[Int(use)]
                } else if locations[position] == .none {
                    var shared = placement.sharesWithUses ? lastUse[registerClass] : nil
                    // The register of a late use of the same value is taken until the end.
                    if let taken = shared, placesOfLateUses.contains(taken) { shared = nil }
                    locations[position] = .register(shared ?? free.first { $0.registerClass == registerClass }!)
                }
                if case .register(let register) = locations[position] { definition = register }
            }
        }
    }

    /// Memory that holds code, and the image that the code reads and writes.
    final class ExecutableMemory {
        let image = UnsafeMutablePointer<UInt64>.allocate(capacity: 128)
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
