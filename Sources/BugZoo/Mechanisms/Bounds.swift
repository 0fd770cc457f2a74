import MachineCode
import SSA

extension Specimen {
    /// Accesses that are not checked at some end.
    static let bounds = [
        vectorEndUnchecked, extentOf32Bits, byteStoreAtTheEnd, wrappedIndexUnchecked, tableIndexSigned,
        tableEndIncluded,
    ]

    /// The last half of a vector is not looked at.
    static let vectorEndUnchecked = Specimen(
        "vector-end-unchecked",
        trigger: "v128.load or v128.store of which the last 8 bytes or less are out of bounds",
        mechanism: "the check of a vector's access has the size of the greatest number"
    ) { pipeline in
        pipeline.rewriteExtents { access, extent in
            access.type == .v128 && extent == access.immediate + 16 ? extent - 8 : extent
        }
    }

    /// The sum is made in the type of the offset.
    static let extentOf32Bits = Specimen(
        "extent-of-32-bits",
        trigger: "an access with a constant offset right below 4 GiB",
        mechanism: "offset plus size wraps in 32 bits"
    ) { pipeline in
        pipeline.rewriteExtents { _, extent in extent & 0xFFFF_FFFF }
    }

    /// The address of a byte is compared with the end, and may be equal.
    static let byteStoreAtTheEnd = Specimen(
        "byte-store-at-the-end",
        trigger: "i32.store8 or i64.store8 of the byte behind the last one",
        mechanism: "stores of bytes are checked as if they had no size"
    ) { pipeline in
        pipeline.rewriteExtents { access, extent in
            access.operation == .store(.unsigned8) || access.operation == .store(.signed8) ? extent - 1 : extent
        }
    }

    /// 64 bits wrap.
    static let wrappedIndexUnchecked = Specimen(
        "wrapped-index-unchecked",
        trigger: "an access to a 64-bit memory with an index of which the end wraps",
        mechanism: "the sum of a 64-bit index and the extent is taken not to wrap"
    ) { pipeline in
        pipeline.rewriteTranslation { function in
            FunctionRewriting.rewrite(function) { rewriting, instruction in
                guard instruction.operation == .or, instruction.type == .i32 else { return instruction }
                let (wraps, isBeyond) = rewriting.operands(of: instruction)
                guard let first = rewriting.definition(of: wraps), first.operation == .compare(.lessUnsigned),
                    let second = rewriting.definition(of: isBeyond),
                    second.operation == .compare(.greaterUnsigned),
                    rewriting.operand(0, of: first) == rewriting.operand(0, of: second)
                else { return instruction }
                return rewriting.replace(instruction, by: isBeyond)
            }
        }
    }

    /// Indices of 32 bits have been extended, and are never negative.
    static let tableIndexSigned = Specimen(
        "table-index-signed",
        trigger: "a negative index into a table of 64-bit indices",
        mechanism: "indices of tables are compared with the length with signs"
    ) { pipeline in
        pipeline.compareTableIndices(by: .greaterOrEqualSigned)
    }

    /// The length is the first index that does not exist.
    static let tableEndIncluded = Specimen(
        "table-end-included",
        trigger: "an access to a table at the index that is its length",
        mechanism: "an index that is the length of a table passes the check"
    ) { pipeline in
        pipeline.compareTableIndices(by: .greaterUnsigned)
    }
}

extension PipelineConfiguration {
    /// Gives the checks of tables another comparison with the length.
    fileprivate mutating func compareTableIndices(by condition: IntegerCondition) {
        rewriteTranslation { function in
            FunctionRewriting.rewrite(function) { rewriting, instruction in
                guard instruction.isTableCheck(rewriting) else { return instruction }
                var changed = instruction
                changed.operation = .compare(condition)
                return changed
            }
        }
    }
}

extension InstructionRecord {
    /// Whether an instruction compares an index with a field of the context as the checks of tables do.
    fileprivate func isTableCheck(_ rewriting: FunctionRewriting) -> Bool {
        guard operation == .compare(.greaterOrEqualUnsigned), type == .i64,
            let bound = rewriting.definition(of: rewriting.operand(1, of: self)), bound.operation == .loadContext
        else { return false }
        // The length stands right before the comparison, and nothing else is so.
        return bound.firstResult + 1 == firstResult
    }
}
