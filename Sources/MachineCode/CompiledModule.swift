import SSA
import WasmModel

/// The code of a module: one block of bytes that runs wherever it is put, at an address that is a multiple of 4096.
///
/// All offsets are in bytes from its start. Compiled code is entered through entry stubs only: with the host's C
/// convention a stub takes the address of the instance context, the address of the code of the function to call, and
/// the address of an array of 16-byte values, which holds the parameters before and the results after, and so has room
/// for the longer of the lists. The stub answers 0, or with the code of the trap: that of ``Trap``, that of the host
/// gate, ``InstanceContextLayout/stackExhaustedCode`` or ``InstanceContextLayout/fuelExhaustedCode``.
public struct CompiledModule: Sendable {
    /// The code and constants, with all references filled in.
    public internal(set) var code: [UInt8] = []
    /// By function index, imports included: where its code begins. An import's is its exit stub.
    public internal(set) var functionOffsets: [Int] = []
    /// By function index: the offset of the entry stub for its signature; -1 where the host has no way to call it.
    public internal(set) var entryStubOffsets: [Int] = []
    /// By the raw value of ``RuntimeFunction``: the offset of its stub; -1 where nothing calls it.
    public internal(set) var runtimeStubOffsets = [Int](repeating: -1, count: RuntimeFunction.allCases.count)
    /// Where traps leave.
    public internal(set) var trapExitOffset = 0
    /// What lies where, in rising order without gaps but for alignment.
    public internal(set) var regions: [CodeRegion] = []
    /// The landings of all calls that may throw, in rising order of the return addresses.
    public internal(set) var exceptionLandings: [ExceptionLanding] = []

    /// Where a call with this return address, as an offset in the code, goes on when it throws; nil where the caller's
    /// caller has to be asked.
    public func landing(forReturnAt offset: Int) -> ExceptionLanding? {
        var low = 0
        var high = exceptionLandings.count
        while low < high {
            let middle = (low + high) / 2
            if exceptionLandings[middle].returnOffset < offset { low = middle + 1 } else { high = middle }
        }
        guard low < exceptionLandings.count, exceptionLandings[low].returnOffset == offset else { return nil }
        return exceptionLandings[low]
    }

    /// The region that holds an offset in the code.
    public func region(at offset: Int) -> CodeRegion? {
        var low = 0
        var high = regions.count
        while low < high {
            let middle = (low + high) / 2
            if regions[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low < regions.count && regions[low].range.contains(offset) ? regions[low] : nil
    }
}

/// Where the code of a function goes on when one of its calls throws.
///
/// The host finds it by the call's return address, and lets the trap exit go there: it writes the address of the landing,
/// the frame pointer of the frame, the stack pointer (the frame pointer minus ``frameSize``) and the exception into
/// ``SSA/InstanceContextLayout/StoreState``, and answers ``SSA/InstanceContextLayout/exceptionLandedCode``. The code there
/// takes its context from its own frame (``FrameLayout/contextSlot``).
public struct ExceptionLanding: Hashable, Sendable {
    /// In ``CompiledModule/code``.
    public var returnOffset: Int
    /// In ``CompiledModule/code``.
    public var landingOffset: Int
    /// From the frame pointer down to the stack pointer of the body, in bytes.
    public var frameSize: Int
}

/// What the search for a landing knows of the frame that has one.
public struct CatchingFrame: Hashable, Sendable {
    /// Of the frame.
    public var framePointer: UInt
    /// Of the frame of which the return address is in a body with a handler: that of what the frame has called.
    public var calleeFramePointer: UInt
    /// See ``ExceptionLanding/frameSize``.
    public var frameSize: Int

    /// Makes one.
    public init(framePointer: UInt, calleeFramePointer: UInt, frameSize: Int) {
        self.framePointer = framePointer
        self.calleeFramePointer = calleeFramePointer
        self.frameSize = frameSize
    }
}

/// A run of a module's code that was made as one.
public struct CodeRegion: Hashable, Sendable {
    public var kind: Kind
    public var name: String
    /// In ``CompiledModule/code``.
    public var range: Range<Int>
    /// In bytes, without the frame pointer and the return address.
    public var frameSize: Int
    /// Where the code may trap, in bytes from the region's start, in rising order.
    public var trapSites: [TrapSite]
    /// The wasm instructions of the code, in bytes from the region's start, in rising order.
    public var wasmOffsets: [WasmOffset]
    /// Which bytes are no code, from the region's start, in rising order.
    public var dataRanges: [Range<Int>]

    /// The kinds of code.
    public enum Kind: Hashable, Sendable {
        case function(FunctionIndex)
        case entryStub(Signature)
        case exitStub(FunctionIndex)
        case runtimeStub(RuntimeFunction)
        case trapExit
    }
}
