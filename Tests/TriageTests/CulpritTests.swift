import Differential
import Execution
import Testing
import WasmFormats
import WasmModel

@testable import Triage

struct CulpritTests {
    /// The signature of a wrong result with what is left in a function with this body.
    private func signature(_ body: String) throws -> String {
        let module = try TextParser.module(
            "(module (memory 1) (func $f) (elem declare func $f) (func (export \"r\") (result i32) \(body)))"
        )
        let divergence = Divergence(observable: .result(invocation: 0, index: 0), expected: "i32:1", observed: "i32:2")
        let signature = CrashSignature(engine: "mine:baseline", divergence: divergence)
        return signature.naming(culpritsIn: BinaryEncoder.encode(module)).description
    }

    @Test(arguments: [
        ("i32.const 1 i32.const 2 i32.rotl", "integer rotl"),
        ("i64.const 1 i64.const 2 i64.rotl i32.wrap_i64", "integer rotl"),
        ("block (result i32) i32.const 1 i32.const 2 i32.rotl end call $f", "integer rotl"),
        ("f32.const 1 f32.ceil i32.reinterpret_f32", "float ceil"),
        // All kinds of blocks have types alike, so that a mistake in one is a mistake in all.
        ("block (result i32) i32.const 1 end", "block"),
        ("loop (result i32) i32.const 1 end", "block"),
        ("i32.const 1 if (result i32) i32.const 1 else i32.const 2 end", "block"),
        ("i32.const 1 i32.const 1 br_if 0", "branch"),
        ("call $f i32.const 1 i32.load8_u", "integer load8_u"),
        ("i32.const 1", "nothing else"),
    ])
    func
        `a signature names the instructions that compute, and those that bring values along where there is nothing else`(
            _ body: String,
            _ names: String
        ) throws
    {
        #expect(try signature(body) == "mine execute: wrong result (\(names))")
    }
}

/// Which failures of one engine are one mistake.
struct CoveringTests {
    private func signature(_ cause: String, _ names: String...) -> CrashSignature {
        CrashSignature(text: "mine \(cause)").naming(names)
    }

    @Test func `a mistake explains failures with more instructions, wherever they show`() {
        let rotation = signature("execute: wrong result", "i32.rotl")
        #expect(rotation.covers(rotation))
        #expect(rotation.covers(signature("execute: wrong result", "i32.add", "i32.rotl")))
        let access = signature("execute: SIGSEGV", "integer load8_u")
        #expect(access.covers(signature("execute: wrong result", "integer load8_u")))
        #expect(!access.covers(signature("execute: SIGSEGV", "integer load8_u", "integer store8")))
        #expect(!signature("execute: SIGSEGV").covers(rotation))
        #expect(rotation.covers(signature("execute: wrong argument of a host call", "i32.rotl")))
        #expect(
            rotation.covers(
                signature("execute: trapped: integer overflow instead of returned", "i32.div_s", "i32.rotl")
            )
        )
    }

    @Test func `a mistake does not explain what has none of its instructions, or is of another kind or engine`() {
        let rotation = signature("execute: wrong result", "i32.add", "i32.rotl")
        #expect(!rotation.covers(signature("execute: wrong result", "i32.rotl")))
        #expect(!rotation.covers(signature("execute: wrong result", "i32.add", "i32.shl")))
        #expect(!rotation.covers(CrashSignature(text: "mine execute: wrong result")))
        #expect(!rotation.covers(CrashSignature(text: "other execute: wrong result").naming(["i32.add", "i32.rotl"])))
        let slow = signature("compile: time grows faster than the module", "omg")
        #expect(!slow.covers(signature("execute: wrong result", "omg")))
        #expect(!slow.covers(signature("compile: time grows faster than the module", "bbq")))
        #expect(!signature("compile: SIGSEGV", "call").covers(signature("compile: SIGSEGV", "call", "i32.add")))
    }

    @Test func `what values look like tells mistakes apart, wherever the values are`() throws {
        let wasm = BinaryEncoder.encode(try TextParser.module("(module (tag $e) (func throw $e))"))
        func signature(_ mistake: String?) -> CrashSignature {
            CrashSignature(text: "mine execute: wrong result").naming(culpritsIn: wasm, mistake: mistake)
        }
        let swapped = signature("swapped with position 1")
        #expect(swapped.description == "mine execute: wrong result (throw, swapped)")
        #expect(swapped.covers(signature("swapped with position 7")))
        #expect(!swapped.covers(signature("shifted by 1")) && !swapped.covers(signature(nil)))
        #expect(signature("in another way") == signature(nil))
    }

    @Test func `a mistake since one stage is none since another`() throws {
        func signature(
            _ cause: String,
            _ stages: [String],
            _ body: String,
            on family: String = "x86_64",
            isShared: Bool = false
        ) throws -> CrashSignature {
            let module = try TextParser.module("(module (func (result i32) \(body)))")
            let culprit = CulpritStage(stages: stages, functions: [0], failsOnOtherMachine: isShared)
            let signature = CrashSignature(text: "\(family) execute: \(cause)")
            return signature.naming(culpritsIn: BinaryEncoder.encode(module), culprit)
        }
        let folding = try signature("wrong result", ["operand folding"], "i32.const 1 i32.const 2 i32.rotl")
        #expect(folding.description == "x86_64 execute: wrong result (since operand folding: integer rotl)")
        let more = "i32.const 1 i32.const 2 i32.rotl i32.const 2 i32.add"
        let lone = "i32.const 1 i32.const 2 i32.rotl"
        #expect(folding.covers(try signature("SIGSEGV", ["operand folding"], lone)))
        #expect(!folding.covers(try signature("wrong result", ["operand folding"], more)), "a stage has many mistakes")
        #expect(!folding.covers(try signature("wrong result", ["code motion"], more)))
        #expect(!folding.covers(try signature("wrong result", [], more)))
        #expect(!folding.covers(try signature("wrong result", ["operand folding"], more, on: "arm64")))
        let shared = try signature("wrong result", ["code motion"], more, isShared: true)
        #expect(
            shared.description == "both machines execute: wrong result (since code motion: integer add, integer rotl)"
        )
        #expect(try signature("wrong global", ["code motion"], more, on: "arm64", isShared: true).covers(shared))
    }
}
