package dev.runbook.rehearsal.scene.read;

import dev.runbook.base.Diagnostic;
import dev.runbook.yaml.Node;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with a scene. */
final class Mistakes {
    private static final String RULE = "scene";

    private final List<Diagnostic> found = new ArrayList<>();

    /** Notes one. */
    void add(Node at, String message) {
        found.add(Diagnostic.error(at.origin(), RULE, message));
    }

    /** All of them. */
    List<Diagnostic> all() {
        return List.copyOf(found);
    }

    /** Whether there are none. */
    boolean none() {
        return found.isEmpty();
    }
}
