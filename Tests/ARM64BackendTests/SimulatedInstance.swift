import ARM64Simulator
import MachineCode
import SSA
import Testing
import WasmFormats
import WasmModel

@testable import ARM64Backend

/// A compiled module with an instance context, in the simulator; without imports and tables, and with at most
/// one memory.
final class SimulatedInstance {
    let compiled: CompiledModule
    let code: SimulatedCode
    let context: UnsafeMutableRawPointer

    /// Compiles a module; its memory, if it has one, has one page, with the bytes that are given at its start.
    init(_ module: WasmModel.Module, _ configuration: PipelineConfiguration, memory: [UInt8] = []) throws {
        let validated = try Validator.validate(module)
        compiled = try ModuleCompiler(ARM64Backend(), configuration).compile(validated)
        code = try SimulatedCode(compiled.code)
        context = try code.addMemory(size: 256)
        let state = try code.addMemory(size: InstanceContextLayout.StoreState.size)
        context.storeBytes(of: state.address, toByteOffset: InstanceContextLayout.storeState, as: UInt64.self)
        let functions = validated.functionTypeIndices.count
        let records = try code.addMemory(size: functions * InstanceContextLayout.FunctionRecord.size + 16)
        context.storeBytes(
            of: records.address,
            toByteOffset: InstanceContextLayout.functionRecords,
            as: UInt64.self
        )
        for function in 0..<functions {
            let record = records + function * InstanceContextLayout.FunctionRecord.size
            let address = code.start + UInt64(compiled.functionOffsets[function])
            record.storeBytes(
                of: address,
                toByteOffset: InstanceContextLayout.FunctionRecord.code,
                as: UInt64.self
            )
            record.storeBytes(
                of: context.address,
                toByteOffset: InstanceContextLayout.FunctionRecord.context,
                as: UInt64.self
            )
        }
        if !module.memories.isEmpty {
            let size = 65536
            let pages = try code.addMemory(size: size)
            pages.copyMemory(from: memory, byteCount: memory.count)
            // The first array of the context.
            context.storeBytes(of: pages.address, toByteOffset: 64, as: UInt64.self)
            context.storeBytes(of: UInt64(size), toByteOffset: 72, as: UInt64.self)
        }
        let limit = code.stackTop - UInt64(SimulatedCode.stackSize) + 4096
        context.storeBytes(of: limit, toByteOffset: InstanceContextLayout.stackLimit, as: UInt64.self)
        code.simulator.registersPoisonedByCalls = PoisonedRegisters(general: 1 << 16 | 1 << 17, vector: 3 << 30)
        code.simulator.registersPoisonedByReturns = PoisonedRegisters(general: 1 << 16 | 1 << 17, vector: 3 << 30)
    }

    /// The instructions of a function.
    func listing(ofFunction function: Int) -> String {
        let offset = compiled.functionOffsets[function]
        let end = compiled.functionOffsets.filter { $0 > offset }.min() ?? compiled.code.count
        return ARM64Listing.text(of: compiled.code[offset..<end])
    }

    /// Calls a function through its entry stub; answers the stub's code and the results.
    func call(_ function: Int, _ arguments: [V128], results: Int) throws -> (code: UInt64, results: [V128]) {
        let values = try code.addMemory(size: 16 * max(1, arguments.count, results))
        for (position, argument) in arguments.enumerated() {
            values.storeBytes(of: argument.low, toByteOffset: 16 * position, as: UInt64.self)
            values.storeBytes(of: argument.high, toByteOffset: 16 * position + 8, as: UInt64.self)
        }
        let simulator = code.simulator
        for number in 19...29 { simulator.x[number] = 0x1111 * UInt64(number) }
        for number in 8...15 { simulator.v[number] = Vector128(low: 0x2222 * UInt64(number), high: 0) }
        simulator.x[0] = context.address
        simulator.x[1] = code.start + UInt64(compiled.functionOffsets[function])
        simulator.x[2] = values.address
        simulator.x[30] = ARM64Simulator.returnAddress
        simulator.sp = code.stackTop
        var remaining: UInt64 = 50_000_000
        let stub = code.start + UInt64(compiled.entryStubOffsets[function])
        let stop = simulator.run(from: stub, remaining: &remaining)
        try #require(stop == .returned)
        #expect(simulator.sp == code.stackTop)
        #expect((19...29).allSatisfy { simulator.x[$0] == 0x1111 * UInt64($0) }, "x19 to x29 are the host's")
        #expect((8...15).allSatisfy { simulator.v[$0].low == 0x2222 * UInt64($0) }, "d8 to d15 are the host's")
        return (
            simulator.x[0],
            (0..<results).map { position in
                V128(
                    low: values.load(fromByteOffset: 16 * position, as: UInt64.self),
                    high: values.load(fromByteOffset: 16 * position + 8, as: UInt64.self)
                )
            }
        )
    }
}
