package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.server.Pace;

/**
 * The paces of a scene: every backup and restore alike.
 *
 * @param scene what the scene says
 */
public record ScenePaces(Scene.PaceSpec scene) implements Pace.Chooser {
    /** So many steps that a person sees progress, and a client that stops is noticed soon. */
    private static final int STEPS = 10;

    @Override
    public Pace of(String server, String command) {
        return new Pace(scene.restore(), STEPS);
    }
}
