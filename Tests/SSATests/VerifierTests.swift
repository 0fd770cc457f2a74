import SSA
import Testing

@Suite struct VerifierTests {
    /// A body, without the braces, of a function `(i32, i64, f32) -> (i32)` whose block 0 has the parameters v0, v1, v2.
    private func reason(_ body: String) throws -> VerificationError.Reason? {
        let text = "function \"f\" (i32, i64, f32) -> (i32) {\nblock0(v0: i32, v1: i64, v2: f32):\n\(body)\n}"
        let function = try FunctionParser.parse(text)
        do {
            try Verifier.verify(function)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func `a function that keeps the rules is accepted`() throws {
        let body = """
                v3 = constant.i32[0]
                v4..v5 = call[3] v1 : (i64) -> (f32, i64)
                branchIf v0, block1, block2(v3)
            block1:
                jump block3(v0)
            block2(v6: i32):
                branchTable v6, block4, block4, block5
            block3(v7: i32):
                return v7
            block4:
                jump block3(v3)
            block5:
                trap["unreachable"]
            """
        #expect(try reason(body) == nil)
    }

    @Test func `a missing terminator is found`() throws {
        #expect(try reason("v3 = constant.i32[0]") == .missingTerminator)
    }

    @Test func `a terminator inside a block is found`() throws {
        #expect(try reason("return v0\nreturn v0") == .terminatorInsideBlock)
    }

    @Test func `a value without a definition is found`() throws {
        #expect(try reason("return v9") == .undefined(Value(9)))
    }

    @Test func `a second definition is found`() throws {
        #expect(try reason("v0 = constant.i32[1]\nreturn v0") == .definedTwice(Value(0)))
    }

    @Test func `a use before the definition is found`() throws {
        let body = "v3 = add.i32 v4, v0\nv4 = constant.i32[1]\nreturn v3"
        #expect(try reason(body) == .definitionDoesNotDominate(Value(4)))
    }

    @Test func `a definition on one of two paths is found`() throws {
        let body = """
                branchIf v0, block1, block2
            block1:
                v3 = constant.i32[1]
                jump block3
            block2:
                jump block3
            block3:
                return v3
            """
        #expect(try reason(body) == .definitionDoesNotDominate(Value(3)))
    }

    @Test func `an argument that its jump does not see is found`() throws {
        let body = """
                branchIf v0, block1, block2
            block1:
                v3 = constant.i32[1]
                jump block3(v3)
            block2:
                jump block3(v3)
            block3(v4: i32):
                return v4
            """
        #expect(try reason(body) == .definitionDoesNotDominate(Value(3)))
    }

    @Test func `operands of another type or number are found`() throws {
        #expect(
            try reason("v3 = add.i32 v0, v1\nreturn v3") == .operandType(position: 1, expected: .i32, found: .i64)
        )
        #expect(try reason("v3 = add.i32 v0\nreturn v3") == .operandCount(expected: 2, found: 1))
        #expect(try reason("return v0, v0") == .operandCount(expected: 1, found: 2))
        #expect(try reason("v3 = add.f32 v2, v2\nreturn v0") == .recordType(.f32))
        #expect(try reason("v3 = convertSigned.f64 v2\nreturn v0") == .unsuitableOperand(position: 0, .f32))
        #expect(try reason("v3 = reinterpret.i64 v2\nreturn v0") == .unsuitableOperand(position: 0, .f32))
        #expect(
            try reason("v3 = load.full.i32 v0\nreturn v3") == .operandType(position: 0, expected: .i64, found: .i32)
        )
        #expect(try reason("v3 = load.unsigned32.i32 v1\nreturn v3") == .recordType(.i32))
    }

    @Test func `the callee of an indirect call is an address`() throws {
        let body = "v3 = callIndirect v0, v0 : (i32) -> (i32)\nreturn v3"
        #expect(try reason(body) == .operandType(position: 0, expected: .i64, found: .i32))
    }

    @Test func `a runtime function has its own signature`() throws {
        #expect(try reason("v3 = callRuntime[memoryGrow] v1 : (i64) -> (i64)\nreturn v0") == .immediate(0))
    }

    @Test func `calls with two targets and vector operations are accepted`() throws {
        let body = """
                v3 = vectorFromScalar.f32 v2
                v4 = vector.i8x16.shuffle[0x1f1e1d1c1b1a19181716151413121110] v3, v3
                v5 = vector.i16x8.extract_lane_s[7] v4
                v6..v7 = tryCall[3] v1, block1, block2 : (i64) -> (i32, reference)
            block1:
                v8 = compare.equal.reference v7, v7
                tryCallIndirect v7, v6, block3, block4 : (i32) -> ()
            block2:
                v9 = landingPad
                tryCallRuntime[throwReference] v9, block5, block6 : (reference) -> ()
            block3:
                returnCallIndirect v1, v6 : (i32) -> (i32)
            block4:
                v10 = landingPad
                v11 = load.full.i32[16] v10
                return v11
            block5:
                trap["unreachable"]
            block6:
                v12 = landingPad
                returnCall[2] v0 : (i32) -> (i32)
            """
        #expect(try reason(body) == nil)
    }

    @Test func `the results of a call with two targets are for the first target`() throws {
        let body = "v3 = tryCall[3] : () -> (i32), block1, block2"
        #expect(throws: FunctionSyntaxError.self) { try reason(body) }
        let used = """
                v3 = tryCall[3] block1, block2 : () -> (i32)
            block1:
                return v3
            block2:
                v4 = landingPad
                return v3
            """
        #expect(try reason(used) == .definitionDoesNotDominate(Value(3)))
    }

    @Test func `the targets of a call have no other predecessors`() throws {
        let shared = """
                branchIf v0, block1, block2
            block1:
                tryCall[3] block2, block3 : () -> ()
            block2:
                return v0
            block3:
                v4 = landingPad
                return v0
            """
        #expect(try reason(shared) == .tryCallTargetShared(Block(2)))
    }

    @Test func `a landing pad stands where an exception arrives and nowhere else`() throws {
        #expect(try reason("v3 = landingPad\nreturn v0") == .misplacedLandingPad)
        let missing = "tryCall[3] block1, block2 : () -> ()\nblock1:\nreturn v0\nblock2:\nreturn v0"
        #expect(try reason(missing) == .missingLandingPad(Block(2)))
    }

    @Test func `a tail call has the results of the function`() throws {
        #expect(try reason("returnCall[1] : () -> (i64)") == .resultsOfTailCall)
    }

    @Test func `lanes and masks exist`() throws {
        #expect(
            try reason("v3 = vectorFromScalar.f32 v2\nv4 = vector.i64x2.extract_lane[2] v3\nreturn v0") == .immediate(2)
        )
    }

    @Test func `an unknown trap code is found`() throws {
        #expect(try reason("trapIf[4711] v0\nreturn v0") == .immediate(4711))
    }

    @Test func `arguments must fit the parameters`() throws {
        #expect(
            try reason("jump block1\nblock1(v3: i32):\nreturn v3")
                == .argumentCount(Block(1), expected: 1, found: 0)
        )
        #expect(
            try reason("jump block1(v1)\nblock1(v3: i32):\nreturn v3")
                == .argumentType(Block(1), position: 0, expected: .i32, found: .i64)
        )
    }

    @Test func `a branch table carries no arguments`() throws {
        #expect(
            try reason("branchTable v0, block1(v0)\nblock1(v3: i32):\nreturn v3") == .argumentsOnBranchTable(Block(1))
        )
    }

    @Test func `a critical edge carries no arguments`() throws {
        let body = "branchIf v0, block1(v0), block2\nblock1(v3: i32):\nreturn v3\nblock2:\njump block1(v0)"
        #expect(try reason(body) == .argumentsOnCriticalEdge(Block(1)))
    }

    @Test func `branches go to other blocks than the entry that exist`() throws {
        #expect(try reason("jump block0(v0, v1, v2)") == .branchToEntry)
        #expect(try reason("jump block7") == .unknownBlock(Block(7)))
        #expect(try reason("branchIf v0, block1\nblock1:\nreturn v0") == .targetCount(expected: 2, found: 1))
    }

    @Test func `every block is reached, and from a block before it`() throws {
        #expect(try reason("return v0\nblock1:\nreturn v0") == .unreachableBlock)
        let body = "jump block2\nblock1:\nreturn v0\nblock2:\njump block1"
        #expect(try reason(body) == .noEarlierPredecessor)
    }

    @Test func `an error says where`() throws {
        let function = try FunctionParser.parse("function \"f\" () -> (i32) {\nblock0:\nreturn\n}")
        let error = #expect(throws: VerificationError.self) { try Verifier.verify(function) }
        #expect(error?.description == "0 operands where 1 are expected, in block0, instruction 0")
    }
}
