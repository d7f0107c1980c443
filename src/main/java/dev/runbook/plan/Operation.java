package dev.runbook.plan;

import dev.runbook.base.Value;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.template.Fill;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An action with its values: what is sent to the world. */
public sealed interface Operation {
    /** One batch of T-SQL. */
    record Sql(SqlTarget server, Fill.FilledSql sql) implements Operation {
        @Override
        public String target() {
            return server.name();
        }

        @Override
        public String text() {
            return sql.text();
        }
    }

    /** A stored procedure; parameters without {@code @}. */
    record Procedure(SqlTarget server, String name, Map<String, Value> parameters) implements Operation {
        /** Copies the parameters, keeping their order. */
        public Procedure {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }

        @Override
        public String target() {
            return server.name();
        }

        @Override
        public String text() {
            return OperationText.procedure(name, parameters);
        }
    }

    /** A cmdlet. */
    record Cmdlet(ShellTarget shell, String name, Map<String, Value> parameters) implements Operation {
        /** Copies the parameters, keeping their order. */
        public Cmdlet {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }

        @Override
        public String target() {
            return shell.name();
        }

        @Override
        public String text() {
            return OperationText.cmdlet(name, parameters);
        }
    }

    /** Files to be copied. */
    record CopyFiles(FileSystemEndpoint.Copy copy) implements Operation {
        @Override
        public String target() {
            return copy.to();
        }

        @Override
        public String text() {
            return "copy " + copy.include() + " from " + copy.from() + " to " + copy.to();
        }
    }

    /** Where it goes, as people name it. */
    String target();

    /** What is sent, ready for pasting into a query window or a shell; secrets as dots. */
    String text();
}
