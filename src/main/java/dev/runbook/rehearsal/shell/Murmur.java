package dev.runbook.rehearsal.shell;

import dev.runbook.rehearsal.cmdlet.Call;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a running cmdlet says, kept until the host looks: progress first, then warnings, as the host script hands them on. */
final class Murmur implements Call.Voice {
    private final List<ObjectNode> progress = new ArrayList<>();
    private final List<ObjectNode> warnings = new ArrayList<>();

    @Override
    public synchronized void progress(String activity, String status, int percent) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.set("activity", Wire.text(activity));
        said.set("status", Wire.text(status));
        progress.add(said.put("percent", percent));
    }

    @Override
    public synchronized void warn(String text) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.set("warning", Wire.text(text));
        warnings.add(said);
    }

    /** Takes what was said since the last look, as lines for the call with this id. */
    synchronized List<ObjectNode> taken(String id) {
        List<ObjectNode> lines = new ArrayList<>();
        progress.forEach(said -> {
            ObjectNode line = JsonNodeFactory.instance.objectNode().put("id", id);
            line.set("progress", said);
            lines.add(line);
        });
        warnings.forEach(said -> lines.add(said.put("id", id)));
        progress.clear();
        warnings.clear();
        return lines;
    }
}
