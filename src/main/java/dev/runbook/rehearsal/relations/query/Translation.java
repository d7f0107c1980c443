package dev.runbook.rehearsal.relations.query;

import dev.runbook.rehearsal.relations.RelationName;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.Optional;
import java.util.Set;

/**
 * A query in the words of H2.
 *
 * @param sql what H2 is to evaluate
 * @param relations that it names, each of which the server has
 * @param refusal what the server says instead; then the rest means nothing
 */
record Translation(String sql, Set<RelationName> relations, Optional<SqlError> refusal) {
    /** Copies the set. */
    Translation {
        relations = Set.copyOf(relations);
    }
}
