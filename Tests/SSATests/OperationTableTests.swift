import Foundation
import Testing
import WasmModel

@testable import SSA

@Suite struct OperationTableTests {
    /// The names of the cases that the source of the enumeration declares.
    private static func declaredNames() throws -> Set<String> {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = package.appending(path: "Sources/SSA/Operation.swift")
        let source = String(decoding: try Data(contentsOf: path), as: UTF8.self)
        let body = try #require(source.range(of: "enum Operation:")).upperBound
        var names: Set<String> = []
        for line in source[body...].split(separator: "\n") where line.hasPrefix("    case ") {
            for name in line.dropFirst(9).split(separator: ", ") {
                names.insert(String(name.prefix { $0 != "(" }).replacing("`", with: ""))
            }
        }
        return names
    }

    @Test func `every operation that is declared is listed, and has the name of its case`() throws {
        let listed = Set(SSA.Operation.allCases.map { $0.row.name.description })
        let declared = try Self.declaredNames()
        #expect(listed.subtracting(declared) == [])
        #expect(declared.subtracting(listed) == [])
        #expect(declared.count > 70)
    }

    @Test func `all operations have a name of their own that is read back`() {
        #expect(Set(SSA.Operation.allCases.map(\.name)).count == SSA.Operation.allCases.count)
        for operation in SSA.Operation.allCases { #expect(SSA.Operation(name: operation.name) == operation) }
    }

    @Test func `what a row says goes together`() {
        for operation in SSA.Operation.allCases {
            let row = operation.row
            if operation.isTerminator { #expect(row.effect == .leaves || operation.isTryCall, "\(operation)") }
            if operation.isPure { #expect(row.targets == nil && !operation.isCall, "\(operation)") }
            if !row.marks.isEmpty { #expect(operation.isPure, "\(operation)") }
            if operation.isCommutative { #expect(operation.mirrored == operation, "\(operation)") }
        }
    }

    @Test func `the verifier accepts an operation for the types of its row, and for no others`() throws {
        // Of vector operations one for each kind of operands, result and immediate.
        var signatures: Set<VectorSignature?> = []
        for operation in SSA.Operation.allCases where !operation.isTerminator && operation != .landingPad {
            if let signature = operation.vectorSignature, !signatures.insert(signature).inserted { continue }
            for type in IRType.allCases {
                guard let possible = possibleOperands(operation, type) else { continue }
                let operands = possible.map { $0.first ?? .i32 }
                let isPossible =
                    operation.row.types.contains(type) && (operation.vectorSignature?.result ?? type) == type
                #expect(try isAccepted(operation, type, operands) == isPossible, "\(operation.name) \(type)")
                if !isPossible { continue }
                for (position, types) in possible.enumerated() {
                    for other in IRType.allCases {
                        var changed = operands
                        changed[position] = other
                        let isAccepted = try isAccepted(operation, type, changed)
                        #expect(isAccepted == types.contains(other), "\(operation.name) \(type) \(changed)")
                    }
                }
                #expect(try !isAccepted(operation, type, operands + [.i32]), "\(operation.name) \(type)")
            }
        }
    }

    /// The types that each operand can have by the operation's row; nil where a signature says them.
    private func possibleOperands(_ operation: SSA.Operation, _ type: IRType) -> [[IRType]]? {
        let rules: [OperandRule]
        switch operation.row.operands {
        case .none: rules = []
        case .one(let first): rules = [first]
        case .two(let first, let second): rules = [first, second]
        case .three(let first, let second, let third): rules = [first, second, third]
        case .opcode:
            guard let signature = operation.vectorSignature else { return nil }
            return (0..<signature.operandCount).map { [signature.operand($0)] }
        case .returned, .arguments, .calleeArguments: return nil
        }
        return rules.map { rule in
            switch rule {
            case .type: [type]
            case .only(let type): [type]
            case .address: [.i64, .reference]
            case .integer: [.i32, .i64]
            case .float: [.f32, .f64]
            case .otherOfSameSize: IRType.allCases.filter { $0.size == type.size && $0 != type }
            }
        }
    }

    /// Whether the verifier accepts one instruction with operands of the types.
    private func isAccepted(_ operation: SSA.Operation, _ type: IRType, _ operands: [IRType]) throws -> Bool {
        var builder = FunctionBuilder(name: "f", signature: Signature(parameters: IRType.allCases))
        let parameters = builder.parameters(of: builder.entry)
        // A vector that an immediate of 0 names.
        _ = builder.constantVector(low: 0, high: 0)
        let immediate = operation.immediate == .trap ? Int64(Trap.unreachable.code) : 0
        builder.emit(operation, type, operands: operands.map { parameters[Int($0.rawValue)] }, immediate: immediate)
        builder.trap(code: Trap.unreachable.code)
        do {
            try Verifier.verify(builder.finish())
            return true
        } catch {
            return false
        }
    }
}
