package dev.runbook.report;

import dev.runbook.base.Harmless;
import dev.runbook.event.Ending;
import dev.runbook.state.RunState;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The runs of a folder, a line each. */
public final class ListText {
    private ListText() {}

    /**
     * A run.
     *
     * @param id of the run
     * @param state what its journal says; empty when it cannot be told
     * @param underWay whether somebody works on it now
     * @param unread why its journal says nothing, in a few words
     * @param openEnd whether lines may be missing at the end of its journal
     */
    public record Run(String id, Optional<RunState> state, boolean underWay, String unread, boolean openEnd) {
        /** A name may be anything that a file system takes. */
        public Run {
            id = Harmless.line(id);
        }

        /** A run whose journal is read, or is not whole. */
        public Run(String id, Optional<RunState> state, boolean underWay) {
            this(id, state, underWay, "journal is broken", false);
        }

        /** How it stands, in a few words. */
        String status() {
            if (state.isEmpty()) {
                return unread;
            }
            if (underWay) {
                return "under way";
            }
            // a run that nobody ended was killed
            return state.get().ending().map(ListText::word).orElse("cut off");
        }
    }

    /** The lines: a heading, and one for each run. */
    public static List<String> of(List<Run> runs) {
        int width = runs.stream().mapToInt(run -> run.id().length()).max().orElse(3);
        List<String> lines = new ArrayList<>();
        lines.add(line(width, "run", "started", "steps done", "status"));
        for (Run run : runs) {
            String started = run.state()
                    .map(state ->
                            state.startedAt().truncatedTo(ChronoUnit.SECONDS).toString())
                    .orElse("?");
            String done = run.state().map(ListText::done).orElse("?");
            String rehearsal = run.state()
                    .flatMap(state -> state.start().scene())
                    .map(scene -> " (rehearsal)")
                    .orElse("");
            String exceptions = run.state().map(ListText::exceptions).orElse("");
            String open = run.openEnd() ? ", lines of its journal may be missing" : "";
            lines.add(line(width, run.id(), started, done, run.status() + exceptions + rehearsal + open));
        }
        return lines;
    }

    private static String line(int width, String id, String started, String done, String status) {
        return String.format(Locale.ROOT, "%-" + width + "s  %-20s  %-10s  %s", id, started, done, status);
    }

    private static String exceptions(RunState state) {
        List<String> all = new ArrayList<>();
        add(all, state.skippedByPersons(), " skipped by a person");
        add(all, state.byHand(), " by hand");
        add(all, state.leftAsTheyAre(), " left as it is");
        return all.isEmpty() ? "" : ", " + String.join(", ", all);
    }

    private static void add(List<String> all, List<String> steps, String how) {
        if (!steps.isEmpty()) {
            all.add(steps.size() + how);
        }
    }

    private static String done(RunState state) {
        return String.valueOf(state.behind());
    }

    private static String word(Ending ending) {
        return ending.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The runs of a folder as JSON. */
    public static final class Json {
        private Json() {}

        /** The document, with a line end. */
        public static String of(List<ListText.Run> runs) {
            ObjectNode document = JsonText.object();
            ArrayNode nodes = document.putArray("runs");
            for (ListText.Run run : runs) {
                ObjectNode node = JsonText.object();
                node.put("run", run.id());
                node.put("status", run.status());
                node.put("linesMayBeMissing", run.openEnd());
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
}
