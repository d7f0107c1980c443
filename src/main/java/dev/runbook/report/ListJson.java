package dev.runbook.report;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The runs of a folder as JSON. */
public final class ListJson {
    private ListJson() {}

    /** The document, with a line end. */
    public static String of(List<ListText.Run> runs) {
        ObjectNode document = JsonText.object();
        ArrayNode nodes = document.putArray("runs");
        for (ListText.Run run : runs) {
            ObjectNode node = JsonText.object();
            node.put("run", run.id());
            node.put("status", run.status());
            run.state().ifPresent(state -> {
                node.put("runbook", state.start().runbook());
                node.put("scene", state.start().scene().orElse(null));
                node.put("startedAt", state.startedAt().toString());
                node.put("startedBy", state.start().by().name());
                state.skippedByPersons().forEach(node.putArray("skippedByPersons")::add);
                state.byHand().forEach(node.putArray("byHand")::add);
                state.leftAsTheyAre().forEach(node.putArray("leftAsTheyAre")::add);
            });
            nodes.add(node);
        }
        return JsonText.pretty(document);
    }
}
