import WasmModel

extension IRFunction: CustomStringConvertible {
    /// The text form, which ``FunctionParser`` reads.
    ///
    /// Runs of four or more equal types are written as `300*i32`. The results of an instruction are one value or a range, `v3..v9`; the
    /// immediate stands in brackets; `@` precedes the byte offset in the wasm binary.
    ///
    ///     function "swap" (i32, f64) -> (f64, i32) {
    ///     block0(v0: i32, v1: f64):
    ///         v2 = constant.i32[1]
    ///         v3..v4 = call[7] v0, v1 : (i32, f64) -> (i64, i64)
    ///         trapIf["integer overflow"] v2 @0x1f
    ///         jump block1(v1, v0)
    ///     block1(v5: f64, v6: i32):
    ///         return v5, v6
    ///     }
    public var description: String {
        var printer = FunctionPrinter(function: self)
        printer.print()
        return printer.text
    }
}

private struct FunctionPrinter {
    let function: IRFunction
    var text = ""

    mutating func print() {
        text += "function \(name(function.name)) "
        print(function.signature)
        text += " {\n"
        for (number, record) in function.blocks.enumerated() {
            print(Block(number), record)
        }
        text += "}\n"
    }

    private mutating func print(_ block: Block, _ record: BlockRecord) {
        text += "\(block)"
        printList(function.parameters(of: block), ifEmpty: "") { printer, parameter in
            printer.text += "\(parameter): \(printer.function.type(of: parameter))"
        }
        text += ":\n"
        for position in record.instructions.positions {
            text += "    "
            print(function.instructions[position])
            text += "\n"
        }
    }

    private mutating func print(_ instruction: InstructionRecord) {
        switch instruction.resultCount {
        case 0: break
        case 1: text += "v\(instruction.firstResult) = "
        default: text += "v\(instruction.firstResult)..v\(instruction.firstResult + instruction.resultCount - 1) = "
        }
        text += instruction.operation.name
        if instruction.operation.row.types.isInText { text += ".\(instruction.type)" }
        printImmediate(of: instruction)
        var separator = " "
        for operand in function.operands(of: instruction) {
            text += "\(separator)\(operand)"
            separator = ", "
        }
        for call in function.targets(of: instruction) {
            text += "\(separator)\(call.block)"
            printList(function.arguments(of: call), ifEmpty: "") { printer, argument in printer.text += "\(argument)" }
            separator = ", "
        }
        if instruction.operation.isCall {
            text += " : "
            print(function.signatures[Int(instruction.signature)])
        }
        if instruction.wasmOffset != .max { text += " @0x\(String(instruction.wasmOffset, radix: 16))" }
    }

    private mutating func printImmediate(of instruction: InstructionRecord) {
        let immediate = instruction.immediate
        switch instruction.operation.immediate {
        case .none, .opcode: break
        case .number: text += "[\(number(immediate, instruction.type))]"
        case .vector:
            let vector = function.vectorConstants[Int(immediate)]
            text += "[0x\(hexadecimal(vector.high, 16))\(hexadecimal(vector.low, 16))]"
        case .optionalOffset:
            if immediate != 0 { text += "[\(immediate)]" }
        case .offset, .function, .lane: text += "[\(immediate)]"
        case .runtime:
            text += RuntimeFunction(rawValue: immediate).map { "[\($0)]" } ?? "[\(immediate)]"
        case .trap:
            let trap = UInt32(exactly: immediate).flatMap(Trap.init(code:))
            text += trap.map { "[\"\($0.rawValue)\"]" } ?? "[\(immediate)]"
        }
    }

    private func number(_ bits: Int64, _ type: IRType) -> String {
        switch type {
        case .i32, .i64, .reference, .v128: "\(bits)"
        case .f32: "0x\(hexadecimal(UInt64(UInt32(truncatingIfNeeded: bits)), 8))"
        case .f64: "0x\(hexadecimal(UInt64(bitPattern: bits), 16))"
        }
    }

    private func hexadecimal(_ bits: UInt64, _ digits: Int) -> String {
        let text = String(bits, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }

    private mutating func print(_ signature: Signature) {
        printTypes(signature.parameters)
        text += " -> "
        printTypes(signature.results)
    }

    private mutating func printTypes(_ types: [IRType]) {
        text += "("
        var position = 0
        while position < types.count {
            var end = position + 1
            while end < types.count && types[end] == types[position] { end += 1 }
            if position > 0 { text += ", " }
            if end - position >= 4 {
                text += "\(end - position)*\(types[position])"
            } else {
                text += Array(repeating: "\(types[position])", count: end - position).joined(separator: ", ")
            }
            position = end
        }
        text += ")"
    }

    private mutating func printList<Elements: Collection>(
        _ elements: Elements,
        ifEmpty: String,
        _ print: (inout FunctionPrinter, Elements.Element) -> Void
    ) {
        if elements.isEmpty {
            text += ifEmpty
            return
        }
        var separator = "("
        for element in elements {
            text += separator
            print(&self, element)
            separator = ", "
        }
        text += ")"
    }

    private func name(_ name: String) -> String {
        var quoted = "\""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    quoted += "\\{\(String(scalar.value, radix: 16))}"
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }
}
