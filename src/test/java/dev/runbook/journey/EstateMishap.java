package dev.runbook.journey;

import dev.runbook.rehearsal.estate.Estate;
import dev.runbook.rehearsal.scene.FaultSpec;
import java.util.Optional;

/** A fault of the simulated estate, as a scene would write it. */
record EstateMishap(Estate estate, FaultSpec fault) implements Mishap {
    /** Once, at what begins so. */
    static Mishap once(Estate estate, FaultSpec.Kind kind, String at) {
        return new EstateMishap(estate, new FaultSpec(at, Optional.empty(), kind, 1, FaultSpec.Complaint.USUAL));
    }

    @Override
    public void begin() {
        estate.arm(fault);
    }

    @Override
    public boolean struck() {
        return estate.struck();
    }

    @Override
    public void end() {
        estate.disarm();
    }
}
