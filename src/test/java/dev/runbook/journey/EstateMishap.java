package dev.runbook.journey;

import dev.runbook.rehearsal.estate.Estate;
import dev.runbook.rehearsal.scene.Scene;
import java.util.Optional;

/** A fault of the simulated estate, as a scene would write it. */
record EstateMishap(Estate estate, Scene.FaultSpec fault) implements Mishap {
    /** Once, at what begins so. */
    static Mishap once(Estate estate, Scene.FaultSpec.Kind kind, String at) {
        return new EstateMishap(
                estate, new Scene.FaultSpec(at, Optional.empty(), kind, 1, Scene.FaultSpec.Complaint.USUAL));
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
