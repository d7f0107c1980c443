package dev.runbook.rehearsal.relations.query;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.relations.RelationName;
import dev.runbook.rehearsal.relations.Relations;
import dev.runbook.rehearsal.relations.View;
import dev.runbook.rehearsal.sqlserver.Catalog;
import dev.runbook.rehearsal.tds.Session;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A catalogue that an embedded H2 evaluates. The database is private to this object, is opened by the first query, and is gone
 * when it is closed. Safe for use by several threads; queries wait for one another.
 */
public final class H2Catalog implements Catalog, AutoCloseable {
    private final Clock clock;
    private RelationStore store;

    /**
     * A catalogue for one estate.
     *
     * @param clock tells the time and zone of the servers
     */
    public H2Catalog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Answer query(EstateState state, Asking asking, String sql, List<Session.Parameter> parameters) {
        View view = new View(state, asking, LocalDateTime.now(clock));
        Translation translation = Translator.translate(sql, parameters, view);
        if (translation.refusal().isPresent()) {
            return new Answer.Refused(translation.refusal().get());
        }
        try {
            RelationStore opened = opened();
            for (RelationName name : translation.relations()) {
                opened.fill(name, Relations.find(name, view).orElseThrow(), view);
            }
            return opened.query(translation.sql());
        } catch (SQLException failure) {
            return new Answer.Refused(Refusal.of(failure, sql));
        }
    }

    private RelationStore opened() throws SQLException {
        if (store == null) {
            store = RelationStore.open();
        }
        return store;
    }

    @Override
    public synchronized void close() {
        if (store != null) {
            try {
                store.close();
            } catch (SQLException failure) {
                throw new IllegalStateException("the relations of the estate could not be closed", failure);
            } finally {
                store = null;
            }
        }
    }
}
