package dev.runbook.journey;

import dev.runbook.engine.Engine;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run from its start to its end, with how everything stood at each of its events. */
final class Recording {
    final Rig rig;
    final Path runbook;
    final Runbook steps;
    final List<Moment> moments = new ArrayList<>();
    final String projection;
    final List<String> journal;

    private FolderCopy files = FolderCopy.empty();

    Recording(Rig rig, Path runbook) throws IOException {
        this.rig = rig;
        this.runbook = runbook;
        this.steps = rig.plan(runbook).runbook();
        Path path = rig.file("whole.jsonl");
        Ending end = rig.run(runbook, path, Engine.OnFailure.STOP, Map.of(), this::keep);
        if (end != Ending.DONE) {
            throw new AssertionError("the uninterrupted run ended " + end);
        }
        this.projection = rig.estate.projection();
        this.journal = Files.readAllLines(path);
    }

    Step step(String id) {
        return steps.step(id).orElseThrow();
    }

    private void keep(Entry entry) {
        files = files.next(rig.ground());
        moments.add(new Moment(entry, rig.estate.state(), files, rig.time.instant()));
    }

    /** Lets everything stand as at that event, the journal cut behind it; what is added is torn off the next line. */
    Path cut(int event, int stateOf, String torn) throws IOException {
        Moment moment = moments.get(stateOf);
        moment.files().restore(rig.ground());
        rig.time.set(moment.time());
        rig.estate.become(moment.state());
        Path path = rig.cutJournal();
        Files.writeString(path, String.join("\n", journal.subList(0, event + 1)) + "\n" + torn);
        return path;
    }

    /** How often each text was sent over a whole journal. */
    static List<String> sent(List<RunEvent> events) {
        return events.stream()
                .filter(RunEvent.Sent.class::isInstance)
                .map(event -> ((RunEvent.Sent) event).text())
                .toList();
    }
}
