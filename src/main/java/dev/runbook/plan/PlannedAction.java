package dev.runbook.plan;

import java.util.Optional;

/**
 * What is going to be sent.
 *
 * @param target the server, shell or folder, as people name it
 * @param text ready for reading; a tag stands where a value is known only later
 * @param forEach the fact or list for whose rows it is repeated
 * @param title of an action of a rollback
 * @param refused why a run would not send it, whatever it finds: a value of the site cannot stand where its tag does. Then the text says
 *     that and no more, so that nobody sends what the run refuses
 */
public record PlannedAction(
        String target, String text, Optional<String> forEach, Optional<String> title, Optional<String> refused) {}
