import SSA
import Testing
import WasmFormats
import WasmModel

func local(_ index: LocalIndex) -> Instruction { Instruction(.localGet, .local(index)) }

func set(_ index: LocalIndex) -> Instruction { Instruction(.localSet, .local(index)) }

/// Translates a function that is added to a module as its first, and checks the result with the verifier and through the text form.
/// - Parameter body: without the final `end`.
func translate(
    type: FunctionType,
    locals: [LocalRun] = [],
    _ body: [Instruction],
    in module: Module = Module()
) throws -> IRFunction {
    var module = module
    let index = module.addType(type)
    module.functions.insert(Function(type: index, locals: locals, body: body + [Instruction(.end)]), at: 0)
    let function = try ModuleTranslator(Validator.validate(module)).translate(defined: 0)
    try Verifier.verify(function)
    let reread = try FunctionParser.parse(function.description)
    try #require(isSame(reread, function))
    return function
}

/// Whether two functions have the same blocks and instructions, value for value.
func isSame(_ first: IRFunction, _ second: IRFunction) -> Bool {
    first.name == second.name && first.signature == second.signature && first.valueTypes == second.valueTypes
        && first.blocks.elementsEqual(second.blocks) { left, right in
            left.parameterCount == right.parameterCount && left.instructions == right.instructions
                && (left.parameterCount == 0 || left.firstParameter == right.firstParameter)
        }
        && first.instructions.elementsEqual(second.instructions) { left, right in
            left.operation == right.operation && left.type == right.type && left.resultCount == right.resultCount
                && (left.resultCount == 0 || left.firstResult == right.firstResult)
                && left.wasmOffset == right.wasmOffset
                && first.operands(of: left).elementsEqual(second.operands(of: right))
                && first.targets(of: left).elementsEqual(second.targets(of: right)) { leftCall, rightCall in
                    leftCall.block == rightCall.block
                        && first.arguments(of: leftCall).elementsEqual(second.arguments(of: rightCall))
                }
                && (!left.operation.isCall
                    || first.signatures[Int(left.signature)] == second.signatures[Int(right.signature)])
                && (left.operation == .constantVector || left.operation == .vector(.i8x16Shuffle)
                    || left.immediate == right.immediate)
        }
        && first.vectorConstants.elementsEqual(second.vectorConstants) { $0 == $1 }
}
