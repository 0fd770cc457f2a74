/// Scalar floating point.
extension Core {
    @inline(__always) private func single(_ number: UInt8) -> Float {
        Float(bitPattern: UInt32(truncatingIfNeeded: v[Int(number)].low))
    }

    @inline(__always) private func double(_ number: UInt8) -> Double { Double(bitPattern: v[Int(number)].low) }

    @inline(__always) private func set(_ d: InstructionReference, _ value: Float) {
        v[Int(d.rd)] = Vector128(low: UInt64(value.bitPattern))
    }

    @inline(__always) private func set(_ d: InstructionReference, _ value: Double) {
        v[Int(d.rd)] = Vector128(low: value.bitPattern)
    }

    @inline(__always) private func rounding(_ d: InstructionReference) -> FloatRounding {
        FloatRounding(rawValue: d.ra).unsafelyUnwrapped
    }

    /// The quotient of a number and two to the power of the number of fraction bits (0 to 64), which is exact.
    @inline(__always) private func fixed(_ value: Float, _ d: InstructionReference) -> Float {
        d.immediate == 0 ? value : value * Float(Double.power(ofTwo: -Int(d.immediate)))
    }

    @inline(__always) private func fixed(_ value: Double, _ d: InstructionReference) -> Double {
        d.immediate == 0 ? value : value * Double.power(ofTwo: -Int(d.immediate))
    }

    @inline(__always) func executeFloat(_ operation: FloatOperation, _ d: InstructionReference) {
        switch operation {
        case .move32: v[Int(d.rd)] = Vector128(low: v[Int(d.rn)].low & 0xffff_ffff)
        case .absolute32: v[Int(d.rd)] = Vector128(low: v[Int(d.rn)].low & 0x7fff_ffff)
        case .negate32: set(d, single(d.rn).signInverted)
        case .squareRoot32: set(d, single(d.rn).armSquareRoot)
        case .round32: set(d, single(d.rn).armRounded(rounding(d)))
        case .add32: set(d, .armAdd(single(d.rn), single(d.rm)))
        case .subtract32: set(d, .armSubtract(single(d.rn), single(d.rm)))
        case .multiply32: set(d, .armMultiply(single(d.rn), single(d.rm)))
        case .divide32: set(d, .armDivide(single(d.rn), single(d.rm)))
        case .maximum32: set(d, .armMaximum(single(d.rn), single(d.rm)))
        case .minimum32: set(d, .armMinimum(single(d.rn), single(d.rm)))
        case .maximumNumber32: set(d, .armMaximumNumber(single(d.rn), single(d.rm)))
        case .minimumNumber32: set(d, .armMinimumNumber(single(d.rn), single(d.rm)))
        case .negatedMultiply32: set(d, Float.armMultiply(single(d.rn), single(d.rm)).signInverted)
        case .multiplyAdd32: set(d, .armMultiplyAdd(single(d.ra), single(d.rn), single(d.rm)))
        case .multiplySubtract32: set(d, .armMultiplyAdd(single(d.ra), single(d.rn).signInverted, single(d.rm)))
        case .negatedMultiplyAdd32:
            set(d, .armMultiplyAdd(single(d.ra).signInverted, single(d.rn).signInverted, single(d.rm)))
        case .negatedMultiplySubtract32: set(d, .armMultiplyAdd(single(d.ra).signInverted, single(d.rn), single(d.rm)))
        case .compare32: state.pointee.flags = Float.armCompare(single(d.rn), single(d.rm))
        case .compareZero32: state.pointee.flags = Float.armCompare(single(d.rn), 0)
        case .compareConditional32:
            state.pointee.flags = holds(d.ra) ? Float.armCompare(single(d.rn), single(d.rm)) : d.immediate
        case .select32: set(d, holds(d.ra) ? single(d.rn) : single(d.rm))
        case .move64: v[Int(d.rd)] = Vector128(low: v[Int(d.rn)].low)
        case .absolute64: v[Int(d.rd)] = Vector128(low: v[Int(d.rn)].low & 0x7fff_ffff_ffff_ffff)
        case .negate64: set(d, double(d.rn).signInverted)
        case .squareRoot64: set(d, double(d.rn).armSquareRoot)
        case .round64: set(d, double(d.rn).armRounded(rounding(d)))
        case .add64: set(d, .armAdd(double(d.rn), double(d.rm)))
        case .subtract64: set(d, .armSubtract(double(d.rn), double(d.rm)))
        case .multiply64: set(d, .armMultiply(double(d.rn), double(d.rm)))
        case .divide64: set(d, .armDivide(double(d.rn), double(d.rm)))
        case .maximum64: set(d, .armMaximum(double(d.rn), double(d.rm)))
        case .minimum64: set(d, .armMinimum(double(d.rn), double(d.rm)))
        case .maximumNumber64: set(d, .armMaximumNumber(double(d.rn), double(d.rm)))
        case .minimumNumber64: set(d, .armMinimumNumber(double(d.rn), double(d.rm)))
        case .negatedMultiply64: set(d, Double.armMultiply(double(d.rn), double(d.rm)).signInverted)
        case .multiplyAdd64: set(d, .armMultiplyAdd(double(d.ra), double(d.rn), double(d.rm)))
        case .multiplySubtract64: set(d, .armMultiplyAdd(double(d.ra), double(d.rn).signInverted, double(d.rm)))
        case .negatedMultiplyAdd64:
            set(d, .armMultiplyAdd(double(d.ra).signInverted, double(d.rn).signInverted, double(d.rm)))
        case .negatedMultiplySubtract64: set(d, .armMultiplyAdd(double(d.ra).signInverted, double(d.rn), double(d.rm)))
        case .compare64: state.pointee.flags = Double.armCompare(double(d.rn), double(d.rm))
        case .compareZero64: state.pointee.flags = Double.armCompare(double(d.rn), 0)
        case .compareConditional64:
            state.pointee.flags = holds(d.ra) ? Double.armCompare(double(d.rn), double(d.rm)) : d.immediate
        case .select64: set(d, holds(d.ra) ? double(d.rn) : double(d.rm))
        case .convert32To64: set(d, single(d.rn).armDouble)
        case .convert64To32: set(d, double(d.rn).armSingle)
        case .convert16To32: set(d, Float(half: v[Int(d.rn)].low))
        case .convert16To64: set(d, Float(half: v[Int(d.rn)].low).armDouble)
        case .convert32To16: v[Int(d.rd)] = Vector128(low: single(d.rn).armDouble.armHalf)
        case .convert64To16: v[Int(d.rd)] = Vector128(low: double(d.rn).armHalf)
        case .moveImmediate: v[Int(d.rd)] = Vector128(low: d.immediate)
        case .moveToGeneral32: set(d, UInt32(truncatingIfNeeded: v[Int(d.rn)].low))
        case .moveToGeneral64: set(d, v[Int(d.rn)].low)
        case .moveHighToGeneral: set(d, v[Int(d.rn)].high)
        case .moveFromGeneral32: v[Int(d.rd)] = Vector128(low: UInt64(wn(d)))
        case .moveFromGeneral64: v[Int(d.rd)] = Vector128(low: xn(d))
        case .moveHighFromGeneral: v[Int(d.rd)].high = xn(d)
        case .signed32ToFloat32: set(d, fixed(Float(Int32(bitPattern: wn(d))), d))
        case .unsigned32ToFloat32: set(d, fixed(Float(wn(d)), d))
        case .float32ToSigned32:
            set(d, UInt32(bitPattern: single(d.rn).armDouble.armInteger(Int32.self, rounding(d), d.immediate)))
        case .float32ToUnsigned32: set(d, single(d.rn).armDouble.armInteger(UInt32.self, rounding(d), d.immediate))
        case .signed64ToFloat32: set(d, fixed(Float(Int64(bitPattern: xn(d))), d))
        case .unsigned64ToFloat32: set(d, fixed(Float(xn(d)), d))
        case .float32ToSigned64:
            set(d, UInt64(bitPattern: single(d.rn).armDouble.armInteger(Int64.self, rounding(d), d.immediate)))
        case .float32ToUnsigned64: set(d, single(d.rn).armDouble.armInteger(UInt64.self, rounding(d), d.immediate))
        case .signed32ToFloat64: set(d, fixed(Double(Int32(bitPattern: wn(d))), d))
        case .unsigned32ToFloat64: set(d, fixed(Double(wn(d)), d))
        case .float64ToSigned32:
            set(d, UInt32(bitPattern: double(d.rn).armInteger(Int32.self, rounding(d), d.immediate)))
        case .float64ToUnsigned32: set(d, double(d.rn).armInteger(UInt32.self, rounding(d), d.immediate))
        case .signed64ToFloat64: set(d, fixed(Double(Int64(bitPattern: xn(d))), d))
        case .unsigned64ToFloat64: set(d, fixed(Double(xn(d)), d))
        case .float64ToSigned64:
            set(d, UInt64(bitPattern: double(d.rn).armInteger(Int64.self, rounding(d), d.immediate)))
        case .float64ToUnsigned64: set(d, double(d.rn).armInteger(UInt64.self, rounding(d), d.immediate))
        }
    }
}
