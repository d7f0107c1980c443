package dev.runbook.state;

import dev.runbook.base.Row;
import dev.runbook.event.Finding;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.state.RunFold.StepMachine.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the journal knows of a step.
 *
 * @param status where it stands
 * @param effect what may have reached the world
 * @param attempts how many began
 * @param sent when its last attempt began
 * @param course how its turn goes, for those who watch
 * @param work how long it was worked at since its turn came last
 * @param files of copying: what it set out to add, and with {@code sha256} what it copied whole
 * @param note why it was skipped, done by hand, or left as it is, or what of it was left when it was taken back; empty for any
 *     other end
 * @param person who skipped it or did it by hand; empty where no person did
 */
public record StepState(
        StepStatus status,
        Effect effect,
        int attempts,
        Optional<Instant> sent,
        Course course,
        WorkTime work,
        List<Row> files,
        Optional<String> note,
        Optional<String> person) {
    /** In how a step was taken back: that some of what it copied is still there. */
    public static final String LEFT_FILES = "so left as it is";

    /** Nothing has happened. */
    public static final StepState AHEAD = new StepState(
            StepStatus.AHEAD,
            Effect.NONE,
            0,
            Optional.empty(),
            Course.NONE,
            WorkTime.NONE,
            List.of(),
            Optional.empty(),
            Optional.empty());

    /** Copies the list. */
    public StepState {
        files = List.copyOf(files);
    }

    /** What may have reached the world: the other half of where a step stands. */
    enum Sent {
        /** Nothing of this run stands: never sent, or taken back. */
        NOTHING,
        /** Something was sent, and how each attempt ended is known, or was decided by a person. */
        ANSWERED,
        /** An attempt began whose end is not known, and neither a fact nor a person has decided since. */
        OPEN
    }

    /** One thing that is known of what attempts did to the world. */
    public enum Mark {
        /** An attempt of this run began. */
        SENT,
        /** The last attempt has not come back yet. */
        UNDER_WAY,
        /** How an attempt ended is not known; a later attempt cannot end that, but a fact or a person can. */
        LOST,
        /** An attempt did its work or a part of it, or nobody will ever know whether it did. */
        HAPPENED,
        /** An attempt came back well in all of its things. */
        WENT_WELL,
        /** What was sent for one thing did a part of its work before it failed. */
        PARTLY,
        /** A person has had it sent again since it was sent last. */
        ALLOWED,
        /** Something of it was left in the world by a rollback. */
        LEFT,
        /** An action of its rollback began, and its end is not known. */
        UNDOING
    }

    /**
     * What may have reached the world.
     *
     * @param marks what is known
     * @param items how many things the last attempt was made for
     * @param undone how many attempts of its rollback began
     * @param last what was sent last, and where
     * @param well all that was sent and came back well, and where
     */
    public record Effect(Set<Mark> marks, int items, int undone, String last, Set<String> well) {
        static final Effect NONE = new Effect(Set.of(), 0, 0, "", Set.of());

        /** Copies the sets. */
        public Effect {
            marks = Set.copyOf(marks);
            well = Set.copyOf(well);
        }

        /** Whether the very same was sent before, and came back well. */
        public boolean hasCarriedOut(RunEvent.Sent sent) {
            return well.contains(key(sent));
        }

        private static String key(RunEvent.Sent sent) {
            return sent.target() + "\n" + sent.text();
        }

        private Effect sending(RunEvent.Sent sent) {
            return new Effect(marks, items, undone, key(sent), well);
        }

        private Effect remembering(boolean good) {
            if (!good || last.isEmpty()) {
                return this;
            }
            Set<String> more = new HashSet<>(well);
            more.add(last);
            return new Effect(marks, items, undone, "", more);
        }

        /** Whether that is known. */
        public boolean has(Mark mark) {
            return marks.contains(mark);
        }

        /** What the next move of the step depends on. */
        public Sent sent() {
            if (!has(Mark.SENT)) {
                return Sent.NOTHING;
            }
            return has(Mark.UNDER_WAY) || has(Mark.LOST) ? Sent.OPEN : Sent.ANSWERED;
        }

        private Effect with(Mark mark, boolean known) {
            Set<Mark> changed = EnumSet.noneOf(Mark.class);
            changed.addAll(marks);
            if (known) {
                changed.add(mark);
            } else {
                changed.remove(mark);
            }
            return new Effect(changed, items, undone, last, well);
        }

        private Effect and(Mark mark, boolean known) {
            return known ? with(mark, true) : this;
        }

        private Effect began(int count) {
            // an attempt that has not come back when the next one begins never will
            return new Effect(marks, count, undone, last, well)
                    .and(Mark.LOST, has(Mark.UNDER_WAY))
                    .with(Mark.SENT, true)
                    .with(Mark.UNDER_WAY, true)
                    .with(Mark.ALLOWED, false);
        }

        private Effect cameBack(RunEvent.CameBack back) {
            if (back.trouble().filter(Trouble::unknown).isPresent()) {
                return with(Mark.UNDER_WAY, false).with(Mark.LOST, true);
            }
            boolean good = back.trouble().isEmpty() || back.harmless().isPresent();
            boolean partial = back.trouble().filter(Trouble::isPartial).isPresent();
            boolean over = !good || back.item() >= items;
            return remembering(good)
                    .with(Mark.UNDER_WAY, !over)
                    .and(Mark.HAPPENED, good || partial || back.item() > 1)
                    .and(Mark.PARTLY, partial)
                    .and(Mark.WENT_WELL, good && over);
        }

        private Effect lost() {
            return has(Mark.SENT) ? with(Mark.UNDER_WAY, false).with(Mark.LOST, true) : this;
        }

        /** A fact or a person has decided what became of it. */
        private Effect decided() {
            return and(Mark.HAPPENED, sent() == Sent.OPEN)
                    .with(Mark.UNDER_WAY, false)
                    .with(Mark.LOST, false);
        }

        /** What a rollback leaves in the world is no longer in hand, but it is not forgotten that it may have happened. */
        private Effect left() {
            return NONE.with(Mark.LEFT, true).and(Mark.HAPPENED, has(Mark.HAPPENED) || sent() == Sent.OPEN);
        }

        /** Its turn comes: what a rollback left in the world is what this run sent. */
        private Effect begun() {
            return and(Mark.SENT, has(Mark.LEFT));
        }
    }

    /** Whether an attempt of this run may have changed something that was not taken back. */
    public boolean started() {
        return effect.sent() != Sent.NOTHING;
    }

    /** Whether how an attempt ended is not known, and neither a fact nor a person has decided since. */
    public boolean isOpen() {
        return effect.sent() == Sent.OPEN;
    }

    /** Whether an attempt may have done its work or a part of it; not where every one was refused as a whole. */
    public boolean mayHaveHappened() {
        // copying that failed may have brought some of its files
        boolean copied = files.stream().anyMatch(file -> file.get("sha256").isPresent());
        return effect.has(Mark.HAPPENED) || isOpen() || copied;
    }

    /** How many attempts of its rollback began. */
    public int undoAttempts() {
        return effect.undone();
    }

    /** Whether a person says that it was done by hand. */
    public boolean isByHand() {
        return status == StepStatus.DONE && note.isPresent();
    }

    /** Whether a person left it out. */
    public boolean isSkippedByPerson() {
        return status == StepStatus.SKIPPED && person.isPresent();
    }

    /** The state after an event that moves the step. */
    StepState moved(Change change, StepStatus to, RunEvent event, Instant time) {
        boolean attempt = change == Change.ATTEMPT;
        boolean noted = to.isEnd() && to != StepStatus.FAILED && to != StepStatus.UNDO_FAILED;
        return new StepState(
                to,
                effectOf(change, event),
                attempt ? attempts + 1 : attempts,
                attempt ? Optional.of(time) : sent,
                courseBy(change, time),
                workBy(change, to, time),
                change == Change.UNDO || change == Change.LEAVE ? List.of() : files,
                noted ? noteOf(event) : Optional.empty(),
                noted ? personOf(event) : Optional.empty());
    }

    private Course courseBy(Change change, Instant time) {
        return switch (change) {
            case BEGIN -> course.begin(time, status == StepStatus.UNDONE || status == StepStatus.LEFT);
            case FIND_DONE -> course.end(time, true);
            case SKIP, FINISH, BY_HAND, FAIL, DOUBT, UNDO, LEAVE, UNDO_FAIL -> course.end(time, false);
            case ATTEMPT, ATTEMPT_FAILED, ATTEMPT_UNKNOWN, RETRY, REOPEN -> course;
        };
    }

    private Effect effectOf(Change change, RunEvent event) {
        return switch (change) {
            case ATTEMPT -> effect.began(((RunEvent.AttemptStarted) event).items());
            case ATTEMPT_UNKNOWN, DOUBT -> effect.lost();
            case FINISH, FIND_DONE -> effect.decided().and(Mark.HAPPENED, started());
            case BY_HAND -> effect.decided().with(Mark.HAPPENED, true);
            case RETRY -> effect.decided().with(Mark.ALLOWED, true);
            case UNDO -> Effect.NONE;
            case LEAVE -> effect.left();
            case BEGIN -> effect.begun();
            case ATTEMPT_FAILED, SKIP, FAIL, REOPEN, UNDO_FAIL -> effect;
        };
    }

    private static Optional<String> noteOf(RunEvent event) {
        if (event instanceof RunEvent.StepSkipped skipped) {
            return Optional.of(skipped.reason());
        }
        if (event instanceof RunEvent.StepLeft left) {
            return Optional.of(left.reason());
        }
        if (event instanceof RunEvent.StepUndone undone) {
            return Optional.of(undone.how()).filter(how -> how.contains(LEFT_FILES));
        }
        return event instanceof RunEvent.StepDone done ? done.byHand() : Optional.empty();
    }

    private static Optional<String> personOf(RunEvent event) {
        if (event instanceof RunEvent.StepDone done) {
            return done.by();
        }
        return event instanceof RunEvent.StepSkipped skipped ? skipped.by() : Optional.empty();
    }

    private WorkTime workBy(Change change, StepStatus to, Instant time) {
        WorkTime before = change == Change.BEGIN ? WorkTime.NONE : work;
        return to.isEnd() ? before.resting(time) : before.goingOn(time);
    }

    /** The state after an answer to what was sent, or to what its rollback sent. */
    StepState heard(RunEvent.CameBack back) {
        boolean unknown = back.trouble().filter(Trouble::unknown).isPresent();
        return with(back.work().isUndo() ? effect.with(Mark.UNDOING, unknown) : effect.cameBack(back));
    }

    /** The state once something went out. */
    StepState sending(RunEvent.Sent out) {
        return with(effect.sending(out));
    }

    /** The state once an action of its rollback has begun. */
    StepState undoing() {
        return with(new Effect(effect.marks(), effect.items(), effect.undone() + 1, effect.last(), effect.well())
                .with(Mark.UNDOING, true));
    }

    /** The state once nobody works at the step any more. */
    StepState resting(Instant time) {
        return with(work.resting(time));
    }

    /** The state once somebody works at the step again, if it is not at its end. */
    StepState goingOn(Instant time) {
        return status.isEnd() ? this : with(work.goingOn(time));
    }

    /** The state with files that copying has set out to add; an earlier attempt may have added some of its own already. */
    StepState withFiles(List<Row> chosen) {
        List<Row> all =
                Stream.concat(files.stream(), chosen.stream()).distinct().toList();
        return new StepState(status, effect, attempts, sent, course, work, all, note, person);
    }

    private StepState with(WorkTime time) {
        return new StepState(status, effect, attempts, sent, course, time, files, note, person);
    }

    private StepState with(Effect known) {
        return new StepState(status, known, attempts, sent, course, work, files, note, person);
    }

    /**
     * How long a step was worked at: without the time in which a person was asked, or in which nobody worked on the run.
     *
     * @param before up to the last break
     * @param since when it is worked at without a break; empty while it is not
     */
    public record WorkTime(Duration before, Optional<Instant> since) {
        /** Nobody has worked at it yet. */
        public static final WorkTime NONE = new WorkTime(Duration.ZERO, Optional.empty());

        /** How long, at a moment. */
        public Duration until(Instant now) {
            return before.plus(since.map(start -> Duration.between(start, now)).orElse(Duration.ZERO));
        }

        WorkTime goingOn(Instant time) {
            return since.isPresent() ? this : new WorkTime(before, Optional.of(time));
        }

        WorkTime resting(Instant time) {
            return new WorkTime(until(time), Optional.empty());
        }
    }

    /** The state with another course. */
    StepState with(Course seen) {
        return new StepState(status, effect, attempts, sent, seen, work, files, note, person);
    }

    /**
     * How the turn of a step goes, for those who watch it. No decision depends on it.
     *
     * @param began when its turn came for the first time since it was taken back last, if it was
     * @param ended when it came to its last end of this turn
     * @param turnedBack since when it is taken back
     * @param lost since when it is unknown whether what was sent has happened
     * @param items how many things the attempt under way is made for
     * @param item which of them was sent last, counted from 1
     * @param found whether its end was that it had been done before
     * @param unfulfilled facts that were not as wanted when they were last asked, by what they were asked for
     */
    public record Course(
            Optional<Instant> began,
            Optional<Instant> ended,
            Optional<Instant> turnedBack,
            Optional<Instant> lost,
            int items,
            int item,
            boolean found,
            Map<String, RunEvent.FactAsked> unfulfilled) {
        /** Nothing was seen yet. */
        public static final Course NONE = new Course(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1, 1, false, Map.of());

        /** Copies the map, keeping its order. */
        public Course {
            unfulfilled = Collections.unmodifiableMap(new LinkedHashMap<>(unfulfilled));
        }

        /** How long it takes by a moment, of a step that is taken back the way back; empty before it began. */
        public Optional<Duration> until(Instant now) {
            return turnedBack.or(() -> began).map(since -> Duration.between(since, now));
        }

        /** How long it took; nothing before its end. */
        public Optional<Duration> taken() {
            return turnedBack.or(() -> began).map(since -> Duration.between(since, ended.orElse(since)));
        }

        Course begin(Instant time, boolean anew) {
            Optional<Instant> first = began.filter(unused -> !anew).or(() -> Optional.of(time));
            return new Course(first, Optional.empty(), Optional.empty(), Optional.empty(), 1, item, false, Map.of());
        }

        Course end(Instant time, boolean asFound) {
            return new Course(began, Optional.of(time), turnedBack, lost, items, item, asFound, unfulfilled);
        }

        /** It is taken back from that moment on. */
        Course turnBack(Instant time) {
            return turnedBack.equals(Optional.of(time))
                    ? this
                    : new Course(
                            began, Optional.empty(), Optional.of(time), Optional.empty(), 1, item, found, unfulfilled);
        }

        Course attempt(int things) {
            return new Course(began, ended, turnedBack, Optional.empty(), things, 1, found, unfulfilled);
        }

        Course at(int thing) {
            return new Course(began, ended, turnedBack, lost, items, thing, found, unfulfilled);
        }

        Course lose(Instant time) {
            return new Course(began, ended, turnedBack, Optional.of(time), items, item, found, unfulfilled);
        }

        Course asked(RunEvent.FactAsked asked) {
            Map<String, RunEvent.FactAsked> left = new LinkedHashMap<>(unfulfilled);
            String clause = asked.phase() + " " + asked.wanted() + " " + asked.fact();
            if (asked.finding().truth() == (asked.wanted() ? Finding.Truth.TRUE : Finding.Truth.NOT_TRUE)) {
                left.remove(clause);
            } else {
                left.put(clause, asked);
            }
            return new Course(began, ended, turnedBack, lost, items, item, found, left);
        }
    }
}
