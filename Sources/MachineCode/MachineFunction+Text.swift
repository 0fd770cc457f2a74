import RegisterAllocation
import SSA

extension MachineFunction {
    /// The function as text: a line an instruction, with its constraints or, where an allocation is given, its
    /// locations and moves; before it the offset of its wasm instruction in the binary where that changes.
    ///
    ///     block 2(%9):
    ///       ; wasm 0x2f
    ///         %11:i3 = add64 %9:i3, %10:i0
    ///         move i3 -> slot 0
    ///         jump -> block 4(%11)
    /// - Parameter backend: names its own forms.
    public func text(for backend: any MachineBackend, with allocation: Allocation? = nil) -> String {
        var writer = MachineFunctionWriter(function: self, backend: backend, allocation: allocation)
        return writer.text()
    }
}

/// Writes instructions of one function.
struct MachineFunctionWriter {
    let function: MachineFunction
    let backend: any MachineBackend
    let allocation: Allocation?
    private var output = ""
    private var nextEdit = 0

    init(function: MachineFunction, backend: any MachineBackend, allocation: Allocation?) {
        self.function = function
        self.backend = backend
        self.allocation = allocation
    }

    mutating func text() -> String {
        output += "function \(function.name)\n"
        var wasmOffset = UInt32.max
        for (number, block) in function.problem.blocks.enumerated() {
            output += "block \(number)"
            if !block.parameters.isEmpty { output += "(\(names(function.problem.blockParameters[block.parameters])))" }
            output += ":\n"
            for position in block.instructions {
                let offset = function.instructions[position].wasmOffset
                if offset != wasmOffset {
                    wasmOffset = offset
                    output += offset == .max ? "  ; no wasm instruction\n" : "  ; wasm 0x\(String(offset, radix: 16))\n"
                }
                appendEdits(through: .before(position))
                let isLast = position == block.instructions.upperBound - 1
                output += "    \(line(of: position, isLast: isLast, block))\n"
                appendEdits(through: .after(position))
            }
        }
        return output
    }

    private func names(_ registers: ArraySlice<VirtualRegister>) -> String {
        registers.map(\.description).joined(separator: ", ")
    }

    /// One instruction, with its targets where it is a terminator.
    func line(of position: Int, isLast: Bool, _ block: AllocationBlock) -> String {
        var output = ""
        let instruction = function.instructions[position]
        let operands = function.problem.instructions[position].operands
        let definitions = operands.filter { function.problem.operands[$0].role == .definition }
        let uses = operands.filter { function.problem.operands[$0].role == .use }
        if !definitions.isEmpty { output += definitions.map(text(ofOperand:)).joined(separator: ", ") + " = " }
        output += name(of: instruction)
        if !uses.isEmpty { output += " " + uses.map(text(ofOperand:)).joined(separator: ", ") }
        if isLast {
            let targets = block.successors.map { edge in
                let edge = function.problem.edges[edge]
                let arguments = function.problem.edgeArguments[edge.arguments]
                let target = (edge.isExceptional ? "exceptionally " : "") + "block \(edge.target)"
                return target + (arguments.isEmpty ? "" : "(\(names(arguments)))")
            }
            if !targets.isEmpty { output += " -> " + targets.joined(separator: ", ") }
        }
        return output
    }

    private func text(ofOperand position: Int) -> String {
        let operand = function.problem.operands[position]
        let place = allocation.map { $0.locations[position].description } ?? operand.constraint.description
        return "\(operand.register):\(place)"
    }

    private func name(of instruction: MachineInstruction) -> String {
        guard let form = SharedForm(rawValue: instruction.form) else {
            return backend.text(of: instruction)
        }
        switch form {
        case .loadFrame, .storeFrame, .frameAddress:
            return "\(form).\(instruction.type) \(instruction.area)+\(instruction.immediate)"
        case .loadAddress, .storeAddress, .loadContext, .storeContext:
            return "\(form).\(instruction.type) +\(instruction.immediate)"
        case .call, .tryCall, .tailCall:
            return "\(form) \(text(of: function.callSites[Int(instruction.immediate)]))"
        case .loadImmediate, .trapIf, .trapUnless, .trap, .branchTableAddress, .branchTable:
            return "\(form) #\(instruction.immediate)"
        case .entry, .contextAddress, .callHost, .leaveIfNotZero, .jump, .branchIfNotZero, .return, .returnToHost,
            .landingPad:
            return "\(form)"
        }
    }

    private func text(of site: CallSite) -> String {
        let target =
            switch site.target {
            case .symbol(.function(let index)): "function \(index)"
            case .symbol(.runtime(let function)): "\(function)"
            case .symbol(.trapExit): "trap exit"
            case .register: "register"
            case .record: "record"
            }
        var notes: [String] = []
        if site.argumentSize > 0 { notes.append("stack arguments \(site.argumentSize)") }
        if site.resultSize > 0 { notes.append("result area \(site.resultSize)") }
        if site.restoresContext { notes.append("restores context") }
        return notes.isEmpty ? target : "\(target) (\(notes.joined(separator: ", ")))"
    }

    private mutating func appendEdits(through point: ProgramPoint) {
        guard let allocation else { return }
        while nextEdit < allocation.edits.count, allocation.edits[nextEdit].point <= point {
            let edit = allocation.edits[nextEdit]
            output += "    move \(edit.source) -> \(edit.destination)\n"
            nextEdit += 1
        }
    }
}
