import ARM64Simulator
import MachineCode
import RegisterAllocation
import WasmModel

/// Code on a simulated processor, with a stack and whatever memory a test adds.
final class SimulatedCode {
    let simulator = ARM64Simulator()
    private var blocks: [UnsafeMutableRawPointer] = []
    let start: UInt64
    /// The end of the stack.
    let stackTop: UInt64
    static let stackSize = 1 << 21

    /// Puts code into memory at a multiple of 4096.
    init(_ bytes: [UInt8]) throws {
        let code = UnsafeMutableRawPointer.allocate(byteCount: max(4, bytes.count + 3 & ~3), alignment: 4096)
        code.copyMemory(from: bytes, byteCount: bytes.count)
        let stack = UnsafeMutableRawPointer.allocate(byteCount: Self.stackSize, alignment: 16)
        blocks = [code, stack]
        start = UInt64(UInt(bitPattern: code))
        stackTop = UInt64(UInt(bitPattern: stack)) + UInt64(Self.stackSize)
        let size = UInt64(bytes.count + 3 & ~3)
        try simulator.addRegion(at: start, sizeInBytes: size, permissions: [.read, .execute])
        try simulator.addRegion(
            at: stackTop - UInt64(Self.stackSize),
            sizeInBytes: UInt64(Self.stackSize),
            permissions: [.read, .write]
        )
        simulator.sp = stackTop
        simulator.x[30] = ARM64Simulator.returnAddress
    }

    deinit { for block in blocks { block.deallocate() } }

    /// Adds zeroed memory that the code may read and write, and answers its address.
    func addMemory(size: Int) throws -> UnsafeMutableRawPointer {
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        block.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        blocks.append(block)
        try simulator.addRegion(UnsafeRawBufferPointer(start: block, count: size), permissions: [.read, .write])
        return block
    }

    /// Runs to the return address.
    func run(budget: UInt64 = 1_000_000) throws {
        let reason = simulator.run(from: start, budget: budget)
        guard reason == .returned else { throw NotReturned(reason: reason) }
    }

    struct NotReturned: Error { var reason: StopReason }

    /// All bits of a register.
    subscript(vector register: PhysicalRegister) -> V128 {
        get {
            if register.registerClass == .integer { return V128(low: self[register], high: 0) }
            let vector = simulator.v[Int(register.encoding)]
            return V128(low: vector.low, high: vector.high)
        }
        set {
            self[register] = newValue.low
            if register.registerClass == .vector {
                simulator.v[Int(register.encoding)] = Vector128(low: newValue.low, high: newValue.high)
            }
        }
    }

    /// The low 64 bits of a register.
    subscript(_ register: PhysicalRegister) -> UInt64 {
        get {
            register.registerClass == .integer
                ? simulator.x[Int(register.encoding)] : simulator.v[Int(register.encoding)].low
        }
        set {
            if register.registerClass == .integer {
                simulator.x[Int(register.encoding)] = newValue
            } else {
                simulator.v[Int(register.encoding)] = Vector128(low: newValue, high: 0xBAD0BAD)
            }
        }
    }
}

extension UnsafeMutableRawPointer {
    /// The number of the address.
    var address: UInt64 { UInt64(UInt(bitPattern: self)) }
}
