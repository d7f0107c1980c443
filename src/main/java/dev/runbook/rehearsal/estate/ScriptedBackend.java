package dev.runbook.rehearsal.estate;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.rehearsal.scene.Scene.AnswerSpec;
import dev.runbook.rehearsal.tds.Backend;
import dev.runbook.rehearsal.tds.Backend.Reply;
import dev.runbook.rehearsal.tds.Backend.Session;
import dev.runbook.rehearsal.tds.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A server with answers from the scene: what the scene answers never reaches the server behind it. */
final class ScriptedBackend implements Backend {
    private final Backend behind;
    private final List<ScriptedAnswer> answers;

    ScriptedBackend(Backend behind, List<ScriptedAnswer> answers) {
        this.behind = behind;
        this.answers = answers;
    }

    @Override
    public Admission admit(Login login) {
        Admission admission = behind.admit(login);
        return admission instanceof Admission.Granted granted
                ? new Admission.Granted(new Scripted(granted.session()))
                : admission;
    }

    private final class Scripted implements Session {
        private final Session session;

        private Scripted(Session session) {
            this.session = session;
        }

        @Override
        public void run(String sql, List<Parameter> parameters, Reply reply) {
            Optional<ScriptedAnswer> answer =
                    answers.stream().filter(one -> one.fits(sql)).findFirst();
            if (answer.isPresent()) {
                answer.get().say(reply);
            } else {
                session.run(sql, parameters, reply);
            }
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /**
     * One answer of a scene. The first row decides on columns and types.
     *
     * @param at which statements it answers
     * @param rows what it gives
     */
    record ScriptedAnswer(Predicate<String> at, List<Row> rows) {
        private static final int NO_COUNT = -1;

        static ScriptedAnswer of(AnswerSpec spec) {
            return new ScriptedAnswer(Wildcard.beginning(spec.at()), spec.rows());
        }

        boolean fits(String sql) {
            return at.test(sql.strip());
        }

        void say(Reply reply) {
            if (rows.isEmpty()) {
                reply.done(NO_COUNT);
                return;
            }
            List<Column> columns = rows.get(0).columns().entrySet().stream()
                    .map(column -> new Column(column.getKey(), type(column.getValue())))
                    .toList();
            reply.result(columns, rows.stream().map(row -> values(row, columns)).toList());
        }

        private static Column.Type type(Value value) {
            if (value instanceof Value.Truth) {
                return Column.Type.BIT;
            }
            return value instanceof Value.Number ? Column.Type.BIGINT : Column.Type.NVARCHAR;
        }

        private static List<Object> values(Row row, List<Column> columns) {
            List<Object> values = new ArrayList<>();
            columns.forEach(column -> values.add(value(row.get(column.name()).orElse(Value.NOTHING), column.type())));
            return values;
        }

        /** Null where a later row holds something that the first one says cannot be there. */
        private static Object value(Value value, Column.Type type) {
            if (value instanceof Value.Nothing) {
                return null;
            }
            return switch (type) {
                case BIT -> value instanceof Value.Truth truth ? truth.value() : null;
                case BIGINT -> value instanceof Value.Number number ? whole(number.value()) : null;
                default -> value.text();
            };
        }

        private static Long whole(BigDecimal number) {
            return number.longValue();
        }
    }
}
