package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.tds.Backend;
import dev.runbook.rehearsal.tds.SqlError;

/**
 * Runs a BACKUP or RESTORE: begins it, lets its time pass, completes it. Cut off in between, by a cancel, a KILL or a lost
 * connection, it leaves what its beginning made of the state.
 */
final class LengthyRun {
    private static final int WHOLE = 100;

    private final Own own;
    private final Statement.Lengthy work;
    private final Backend.Reply reply;
    private final Own.Answering answering;
    private final String home;

    LengthyRun(Own own, Statement.Lengthy work, Backend.Reply reply, Own.Answering answering) {
        this.own = own;
        this.work = work;
        this.reply = reply;
        this.answering = answering;
        this.home = own.database();
    }

    void run() {
        Outcome begun = own.services().store().apply(this::begin);
        if (begun instanceof Outcome.Failed) {
            answering.say(begun);
        } else if (progress()) {
            answering.say(own.services().store().apply(this::complete));
        } else {
            goHome();
        }
    }

    /** The same with a full disk: what is not foreseen leaves what the beginning made of the state. */
    void run(Statement.NoRoom full) {
        Outcome begun = full.foreseen()
                ? work.begin(own.state(), own.execution())
                : own.services().store().apply(this::begin);
        goHome();
        answering.say(
                begun instanceof Outcome.Failed
                        ? begun
                        : Outcome.failed(full.error(), Complaint.ENDS.of(work.command())));
    }

    private EstateStore.Changed<Outcome> begin(EstateState state) {
        EstateStore.Changed<Outcome> begun = Own.Answering.changed(own, state, work.begin(state, own.execution()));
        return begun.answer() instanceof Outcome.Done
                ? new EstateStore.Changed<>(own.change(begun.state(), this::atWork), begun.answer())
                : begun;
    }

    /** Refuses to complete what a KILL ended at the very last moment. */
    private EstateStore.Changed<Outcome> complete(EstateState state) {
        if (own.connection(state).isEmpty()) {
            return new EstateStore.Changed<>(
                    state, Outcome.failed(Complaint.ABORTED.of(), Complaint.ENDS.of(work.command())));
        }
        EstateStore.Changed<Outcome> completed =
                Own.Answering.changed(own, state, work.complete(state, own.execution()));
        return new EstateStore.Changed<>(own.change(completed.state(), this::atHome), completed.answer());
    }

    /** Whether it came to its end. */
    private boolean progress() {
        Pace pace = own.services().paces().of(own.server(), work.command());
        Own.Waiting waiting = new Own.Waiting(own, reply);
        int told = 0;
        for (int step = 1; step <= pace.steps(); step++) {
            waiting.atMost(pace.step());
            if (waiting.over()) {
                return false;
            }
            told = tell(told, WHOLE * step / pace.steps());
        }
        return true;
    }

    private int tell(int told, int reached) {
        int next = told;
        while (work.stats() > 0 && next + work.stats() <= reached) {
            next += work.stats();
            answering.say(SqlError.info(3211, next + " percent processed."));
        }
        return next;
    }

    private Connection atWork(Connection connection) {
        Connection busy = connection.doing(work.command());
        return work.exclusive() ? busy.in(work.database()) : busy;
    }

    private Connection atHome(Connection connection) {
        return connection.doing(Connection.WAITING).in(home);
    }

    private void goHome() {
        own.services().store().update(state -> own.change(state, this::atHome));
    }
}
