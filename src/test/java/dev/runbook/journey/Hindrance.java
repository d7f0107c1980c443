package dev.runbook.journey;

import dev.runbook.endpoint.Question;
import dev.runbook.event.RunEvent;
import dev.runbook.language.Condition;
import dev.runbook.language.Fact;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.rehearsal.scene.Scene.FaultSpec;
import dev.runbook.rehearsal.scene.Scene.FaultSpec.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What brings a step before a person: until somebody is asked, it goes wrong. */
final class Hindrance {
    private static final FaultSpec.Complaint LASTING =
            new FaultSpec.Complaint(50000, "Refused. (A fault of the test.)");
    private static final long GLANCE_MILLIS = 10;
    private static final long LONG_ENOUGH_MILLIS = 20_000;

    private final Rig rig;
    private final How how;
    private final Step step;
    private final List<Mishap> mishaps;
    private boolean begun;
    private boolean over;

    /** How it goes wrong. */
    enum How {
        /** It does not: the step itself asks. */
        ASKED("asked"),
        /** It does not: the first step finds the old primary as it is by then. */
        FOUND("found so"),
        /** What it sends is refused; of a step that sends nothing, what it asks. */
        REFUSED("refused"),
        /** What it sends has its effect, but neither it nor the facts answer. */
        LOST("answer lost"),
        /** What it sends has no effect, and neither it nor the facts answer. */
        DROPPED("connection lost"),
        /** What it sends hangs, and somebody cuts it off. */
        CUT_OFF("cut off");

        private final String words;

        How(String words) {
            this.words = words;
        }

        /** For people. */
        String words() {
            return words;
        }
    }

    private Hindrance(Rig rig, How how, Step step, List<Mishap> mishaps) {
        this.rig = rig;
        this.how = how;
        this.step = step;
        this.mishaps = mishaps;
    }

    /**
     * Such a hindrance of a step; empty where there is none.
     *
     * @param sent what the step sends first; empty where it sends nothing
     */
    static Optional<Hindrance> of(Recording whole, How how, Step step, Optional<String> sent) {
        Rig rig = whole.rig;
        List<Mishap> mishaps = new ArrayList<>();
        switch (how) {
            case FOUND -> {}
            case ASKED -> {
                if (step.confirm().isEmpty()) {
                    return Optional.empty();
                }
            }
            case REFUSED ->
                sent.map(text -> atAction(rig, step, Kind.ERROR_BEFORE, text))
                        .or(() -> AskedFact.of(whole).stream()
                                .filter(asked -> asked.step().equals(step.id().text()))
                                .filter(asked -> asked.kinds().contains(Kind.ERROR_BEFORE))
                                .findFirst()
                                .map(asked -> lasting(asked.in(rig, Kind.ERROR_BEFORE))))
                        .ifPresent(mishaps::add);
            case LOST, DROPPED -> {
                if (sent.isPresent() && !copies(step)) {
                    mishaps.add(atAction(rig, step, lost(how, step), sent.get()));
                    step.task()
                            .doneWhen()
                            .clauses()
                            .forEach(clause -> atFact(whole, clause).ifPresent(mishaps::add));
                }
            }
            case CUT_OFF -> {
                if (sent.isPresent() && step.task().unsafeToCutOff().isPresent()) {
                    mishaps.add(atAction(rig, step, Kind.HANG, sent.get()));
                }
            }
        }
        boolean none = mishaps.isEmpty() && how != How.ASKED && how != How.FOUND;
        return none ? Optional.empty() : Optional.of(new Hindrance(rig, how, step, mishaps));
    }

    private static Kind lost(How how, Step step) {
        if (how == How.LOST) {
            return Kind.ANSWER_LOST;
        }
        return step.task().action().orElseThrow() instanceof Task.Action.Cmdlet ? Kind.KILL_SHELL : Kind.DROP;
    }

    private static boolean copies(Step step) {
        return step.task().action().orElseThrow() instanceof Task.Action.CopyFiles;
    }

    private static Mishap atAction(Rig rig, Step step, Kind kind, String sent) {
        return lasting(new Fault(step, kind).in(rig, sent));
    }

    private static Optional<Mishap> atFact(Recording whole, Condition.Clause clause) {
        Fact fact = whole.steps.facts().get(clause.name().text());
        if (fact == null
                || fact.source() instanceof Fact.Source.Files
                || fact.source() instanceof Fact.Source.Reachable) {
            return Optional.empty();
        }
        String at = fact.source() instanceof Fact.Source.Query query
                ? query.sql().raw().split("\\{\\{")[0].strip()
                : ((Fact.Source.Cmdlet) fact.source()).cmdlet().text();
        return Optional.of(lasting(EstateMishap.once(whole.rig.estate, Kind.ERROR_BEFORE, at)));
    }

    /** As often as it is met. */
    private static Mishap lasting(Mishap once) {
        if (!(once instanceof EstateMishap mishap)) {
            return once;
        }
        FaultSpec fault = mishap.fault();
        return new EstateMishap(
                mishap.estate(), new FaultSpec(fault.at(), fault.server(), fault.kind(), Integer.MAX_VALUE, LASTING));
    }

    /** Hears what a run writes down: it begins with the step, or with its first attempt. */
    void hear(RunEvent event) {
        boolean asking = how == How.REFUSED
                && event instanceof RunEvent.StepBegun begin
                && begin.step().equals(step.id().text());
        boolean sending = event instanceof RunEvent.AttemptStarted attempt
                && attempt.work().step().equals(step.id().text());
        if ((asking || sending) && !begun) {
            begun = true;
            setOver(false);
            mishaps.forEach(mishap -> quietly(mishap::begin));
            if (how == How.CUT_OFF) {
                new Thread(this::cutOff).start();
            }
        }
    }

    private void cutOff() {
        EstateMishap hang = (EstateMishap) mishaps.get(0);
        long end = System.nanoTime() + LONG_ENOUGH_MILLIS * 1_000_000;
        try {
            while (!over() && System.nanoTime() < end) {
                Thread.sleep(GLANCE_MILLIS);
                if (rig.control.unsafe().isPresent()) {
                    // the statement is on its way, and nothing of it comes back
                    Thread.sleep(GLANCE_MILLIS);
                    rig.control.cancel();
                    return;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(hang.fault().at(), e);
        }
    }

    private synchronized boolean over() {
        return over;
    }

    private synchronized void setOver(boolean now) {
        over = now;
    }

    /** Somebody is asked, or the process is over: nothing goes wrong any more. */
    void end() {
        setOver(true);
        if (begun) {
            mishaps.forEach(mishap -> quietly(mishap::end));
        }
        rig.estate.disarm();
    }

    /** Whether a question comes from it. */
    boolean leadsTo(Question question) {
        return question.subject().equals(step.id().text());
    }

    private interface Doing {
        void run() throws IOException;
    }

    private static void quietly(Doing doing) {
        try {
            doing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
