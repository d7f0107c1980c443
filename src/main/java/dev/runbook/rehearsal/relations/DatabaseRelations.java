package dev.runbook.rehearsal.relations;

import dev.runbook.rehearsal.model.Contents;
import dev.runbook.rehearsal.model.Database;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** The views of schema {@code sys} that show one database: {@code mgc.sys.tables}. */
final class DatabaseRelations {
    /** Where the numbers of user tables begin. */
    private static final int FIRST_OBJECT = 245_575_913;

    private DatabaseRelations() {}

    /** All of them, for a database of that name; empty for one of the system. */
    static List<Relation<?>> all(String database) {
        return List.of(tables("tables", database), tables("objects", database), partitions(database));
    }

    private static Relation<Table> tables(String name, String database) {
        return Relation.of(name, (View view) -> rows(view, database))
                .column("name", Kind.TEXT, Table::name)
                .column("object_id", Kind.INT, Table::id)
                .constant("schema_id", Kind.INT, 1)
                .constant("parent_object_id", Kind.INT, 0)
                .constant("type", Kind.TEXT, "U")
                .constant("type_desc", Kind.TEXT, "USER_TABLE")
                .column("create_date", Kind.DATETIME, Table::created)
                .column("modify_date", Kind.DATETIME, Table::created)
                .constant("is_ms_shipped", Kind.BIT, false)
                .build();
    }

    private static Relation<Table> partitions(String database) {
        return Relation.of("partitions", (View view) -> rows(view, database))
                .column("partition_id", Kind.BIGINT, row -> 72_057_594_037_927_936L + row.id())
                .column("object_id", Kind.INT, Table::id)
                .constant("index_id", Kind.INT, 1)
                .constant("partition_number", Kind.INT, 1)
                .column("hobt_id", Kind.BIGINT, row -> 72_057_594_037_927_936L + row.id())
                .column("rows", Kind.BIGINT, Table::rows)
                .build();
    }

    private record Table(String name, int id, long rows, LocalDateTime created) {}

    private static List<Table> rows(View view, String database) {
        return view.database(database).map(DatabaseRelations::rows).orElse(List.of());
    }

    private static List<Table> rows(Database database) {
        List<Table> rows = new ArrayList<>();
        for (Contents.Table table : database.contents().tables()) {
            rows.add(new Table(table.name(), FIRST_OBJECT + 16 * rows.size(), table.rows(), database.created()));
        }
        return rows;
    }
}
