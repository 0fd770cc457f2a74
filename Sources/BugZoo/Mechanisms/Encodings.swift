import MachineCode
import RegisterAllocation
import SSA

extension Specimen {
    /// Instructions whose fields get the wrong bits.
    static let encodings = encodingsOfARM64 + encodingsOfX64

    private static let encodingsOfARM64 = [
        vectorOffsetOf11Bits, subtractionWithoutShift, secondHalfInverted, branchWithoutBit14, lanesOfLowerHalf,
        rotationOf5Bits,
    ]

    /// The field has 12 bits for every size.
    static let vectorOffsetOf11Bits = Specimen(
        "vector-offset-of-11-bits",
        trigger: "v128.load with an offset from 32,768 on that is a multiple of 16, on ARM64",
        mechanism: "the scaled offset of vector loads is cut to 11 bits"
    ) { pipeline in
        pipeline.changeARM64Words { word in
            // LDR (immediate, SIMD&FP), unsigned offset, 128 bits.
            word & 0xFFC0_0000 == 0x3DC0_0000 ? word & ~(1 << 21) : word
        }
    }

    /// The bit that says "shifted left by 12" is set for additions only.
    static let subtractionWithoutShift = Specimen(
        "subtraction-without-shift",
        trigger: "i32.sub of a constant multiple of 4096, on ARM64 at the level speed",
        mechanism: "a 32-bit subtraction loses the shift of its immediate"
    ) { pipeline in
        pipeline.changeARM64Words { word in
            // SUB (immediate), 32 bits, sh = 1.
            word & 0xFFC0_0000 == 0x5140_0000 ? word & ~(1 << 22) : word
        }
    }

    /// MOVN inverts its own half only; MOVK writes bits as they are.
    static let secondHalfInverted = Specimen(
        "second-half-inverted",
        trigger: "a negative i64 constant of 17 to 32 significant bits, on ARM64",
        mechanism: "behind a MOVN the bits of the MOVK are inverted too"
    ) { pipeline in
        pipeline.alterBackend(of: "arm64") { backend in
            backend.immediate = { value in
                let isBelow = value >> 32 == 0xFFFF_FFFF && value >> 16 & 0xFFFF != 0xFFFF && value & 0xFFFF != 0xFFFF
                return isBelow ? value ^ 0xFFFF_0000 : value
            }
        }
    }

    /// Between the 14 bits of one branch and the 19 of the others.
    static let branchWithoutBit14 = Specimen(
        "branch-without-bit-14",
        trigger: "a conditional branch forwards over 64 to 128 KiB of code, on ARM64",
        mechanism: "the distance of conditional branches is masked with 14 bits when it is positive"
    ) { pipeline in
        pipeline.changeARM64Words { word in
            // B.cond, and CBZ or CBNZ of either width.
            let isConditional = word & 0xFF00_0010 == 0x5400_0000 || word & 0x7E00_0000 == 0x3400_0000
            let distance = word >> 5 & 0x7FFFF
            return isConditional && distance < 1 << 18 && distance & 1 << 14 != 0 ? word & ~(1 << 19) : word
        }
    }

    /// There are twice as many bytes as halfwords.
    static let lanesOfLowerHalf = Specimen(
        "lanes-of-lower-half",
        trigger: "i8x16.extract_lane_s or _u of the lanes 8 to 15, on ARM64",
        mechanism: "the number of a lane that is extracted is cut to 3 bits"
    ) { pipeline in
        pipeline.alterBackend(of: "arm64") { backend in
            backend.changeSelected = { selected, instruction in
                guard case .vector = instruction.operation, instruction.type == .i32 else { return }
                selected.immediate &= 7
            }
        }
    }

    /// The field has 6 bits for rotations of either width.
    static let rotationOf5Bits = Specimen(
        "rotation-of-5-bits",
        trigger:
            "i64.rotl or i64.rotr by a constant that is a rotation to the right by 32 and more, on ARM64 at the level speed",
        mechanism: "the amount of a 64-bit rotation is cut to 5 bits"
    ) { pipeline in
        pipeline.changeARM64Words { word in
            // EXTR, 64 bits.
            word & 0xFFE0_0000 == 0x93C0_0000 ? word & ~(1 << 15) : word
        }
    }
}

extension Specimen {
    private static let encodingsOfX64 = [
        displacementOf128, scaleOfEight, highIndexOfSum, shiftOf5Bits, highSourceOfByteStore,
    ]

    /// A displacement of one byte has a sign.
    static let displacementOf128 = Specimen(
        "displacement-of-128",
        trigger: "i32.add of a constant between 128 and 255, on x86_64 at the level speed",
        mechanism: "displacements of sums up to 255 are encoded in one byte"
    ) { pipeline in
        pipeline.alterBackend(of: "x86_64") { backend in
            backend.changeSelected = { selected, instruction in
                guard instruction.operation == .add, selected.isMemoryOperand, (128...255).contains(selected.immediate)
                else { return }
                selected.immediate = Int64(UInt32(truncatingIfNeeded: selected.immediate - 256))
            }
        }
    }

    /// The field has two bits, for four scales.
    static let scaleOfEight = Specimen(
        "scale-of-eight",
        trigger: "the sum of an i32 or i64 and another that is shifted left by 3, on x86_64 at the level speed",
        mechanism: "the greatest scale of a sum's index is encoded as the one below it"
    ) { pipeline in
        pipeline.alterBackend(of: "x86_64") { backend in
            backend.changeSelected = { selected, instruction in
                guard instruction.operation == .add, instruction.type == .i32, selected.isMemoryOperand,
                    selected.auxiliary >> 3 & 3 == 3
                else { return }
                selected.auxiliary &= ~(1 << 3)
            }
        }
    }

    /// The bit for the index is the one that other instructions do not have.
    static let highIndexOfSum = Specimen(
        "high-index-of-sum",
        trigger: "a sum of two values that live on, the second in one of r8 to r13, on x86_64 at the level speed",
        mechanism: "REX.X is missing where lea has an index in a high register"
    ) { pipeline in
        pipeline.alterBackend(of: "x86_64") { backend in
            backend.changeOwnBytes = { bytes, start in
                guard start + 1 < bytes.count, bytes[start] & 0xF0 == 0x40, bytes[start + 1] == 0x8D else { return }
                bytes[start] &= ~2
            }
        }
    }

    /// Five bits suffice for a half.
    static let shiftOf5Bits = Specimen(
        "shift-of-5-bits",
        trigger: "i64.shr_s by a constant from 32 on, on x86_64 at the level speed",
        mechanism: "the immediate of an arithmetic shift is cut to 5 bits for both widths"
    ) { pipeline in
        pipeline.alterBackend(of: "x86_64") { backend in
            backend.changeSelected = { selected, instruction in
                guard instruction.operation == .shiftRightSigned, selected.operandCount == 2 else { return }
                selected.immediate &= 31
            }
        }
    }

    /// Without a REX prefix the numbers 4 to 7 are ah, ch, dh and bh.
    static let highSourceOfByteStore = Specimen(
        "high-source-of-byte-store",
        trigger: "a store of the byte of a value in rsi or rdi, at a base in a low register, on x86_64",
        mechanism: "the empty REX prefix of a byte store from rsi or rdi is left out"
    ) { pipeline in
        pipeline.alterBackend(of: "x86_64") { backend in
            backend.changeOwnBytes = { bytes, start in
                guard start + 1 < bytes.count, bytes[start] == 0x40, bytes[start + 1] == 0x88 else { return }
                bytes.remove(at: start)
            }
        }
    }
}

extension SelectedInstruction {
    /// On x86_64, of one instruction: whether its right operand is memory at a base, or at a base and an index.
    fileprivate var isMemoryOperand: Bool { auxiliary & 7 == 3 || auxiliary & 7 == 4 }
}
