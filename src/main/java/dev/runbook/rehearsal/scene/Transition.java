package dev.runbook.rehearsal.scene;

import java.util.List;

/**
 * What happens between one runbook and the next, to whatever the first one left.
 *
 * @param name for people
 * @param leadsTo the scene in which the next runbook would start by itself
 * @param changes servers and computers that are new or made anew
 * @param effects what happens to files
 */
public record Transition(String name, String leadsTo, Setting changes, List<Effect> effects) {
    /** Copies the list. */
    public Transition {
        effects = List.copyOf(effects);
    }
}
