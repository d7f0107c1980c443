package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.engine.Engine;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A run that meets a mishap, and is resumed without it until it is done; what is in doubt is decided as it is.
 *
 * @param whole the undisturbed run, whose end it has to reach
 * @param mishap what goes wrong
 * @param patient whether nobody stops the run while it waits
 * @param effective whether the effect came about, though nobody heard of it
 */
record Struck(Recording whole, Mishap mishap, boolean patient, boolean effective) {
    /** So often a run may be resumed before somebody says that it does not get on. */
    private static final int RESUMES = 3;

    private static final long GLANCE_MILLIS = 20;

    /**
     * How it ended, in words.
     *
     * @param begun the event behind which the step is run
     * @param when at which event things go wrong
     * @param remedy what is said of the resume
     */
    String from(int begun, Predicate<RunEvent> when, String remedy, String where) throws IOException {
        Path journal = whole.cut(begun, begun, "");
        Ending first = run(journal, when);
        boolean struck = mishap.struck();
        mishap.end();
        assertThat(struck).as("nothing met the fault: " + where).isTrue();
        boolean decided = false;
        Ending last = first;
        for (int again = 0; again < RESUMES && last != Ending.DONE; again++) {
            Map<String, Engine.PriorDecision> decisions = decisions(journal);
            decided |= !decisions.isEmpty();
            last = whole.rig.run(whole.runbook, journal, Engine.OnFailure.STOP, decisions, entry -> {});
        }
        assertThat(last).as(where + "\n" + tail(journal)).isEqualTo(Ending.DONE);
        assertThat(whole.rig.estate.projection()).as(where).isEqualTo(whole.projection);
        Files.delete(journal);
        String resumed = (decided ? "decided by a person, " : "") + remedy + ": done";
        return first == Ending.DONE ? "done" : words(first) + "; " + resumed;
    }

    private Ending run(Path journal, Predicate<RunEvent> when) throws IOException {
        boolean[] over = {false};
        Thread impatient = new Thread(() -> stopOnceItHangs(over));
        if (!patient) {
            impatient.start();
        }
        try {
            return whole.rig.run(whole.runbook, journal, Engine.OnFailure.STOP, Map.of(), entry -> {
                if (when.test(entry.event())) {
                    begin();
                }
            });
        } finally {
            synchronized (over) {
                over[0] = true;
                over.notifyAll();
            }
        }
    }

    private void begin() {
        try {
            mishap.begin();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Somebody presses Ctrl-C twice while nothing moves. */
    private void stopOnceItHangs(boolean[] over) {
        synchronized (over) {
            boolean hung = false;
            while (!over[0] && !hung) {
                hung = mishap.struck();
                try {
                    over.wait(GLANCE_MILLIS);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            if (!over[0]) {
                whole.rig.control.cancel();
            }
        }
    }

    /** A person who looked knows whether the effect came about; of several things, that the others are still to be done. */
    private Map<String, Engine.PriorDecision> decisions(Path journal) {
        Map<String, Engine.PriorDecision> decisions = new LinkedHashMap<>();
        int things = 1;
        for (RunEvent event : events(journal)) {
            if (event instanceof RunEvent.AttemptStarted attempt) {
                things = attempt.items();
            } else if (event instanceof RunEvent.StepInDoubt doubt) {
                decisions.put(
                        doubt.step(),
                        effective && things == 1
                                ? new Engine.PriorDecision(Decision.DONE_BY_HAND, "seen")
                                : new Engine.PriorDecision(Decision.RETRY, ""));
            } else if (event instanceof RunEvent.StepDone done) {
                decisions.remove(done.step());
            }
        }
        return decisions;
    }

    private static String words(Ending ending) {
        return switch (ending) {
            case FAILED_UNCHANGED -> "failed, nothing changed";
            case FAILED_CHANGED -> "failed, changes remain";
            case INTERRUPTED -> "stopped by hand";
            default -> ending.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    private static String tail(Path journal) {
        List<RunEvent> all = events(journal);
        return all.subList(Math.max(0, all.size() - 8), all.size()).toString();
    }

    private static List<RunEvent> events(Path journal) {
        return ((JournalReader.Result.Whole) new JournalReader().read(journal))
                .read()
                .events();
    }
}
