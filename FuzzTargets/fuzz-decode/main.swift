import FuzzChecks

FuzzTarget.run { DecodeCheck.check($0) }
