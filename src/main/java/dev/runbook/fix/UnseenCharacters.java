package dev.runbook.fix;

import dev.runbook.diagnostic.Position;
import java.util.List;

/** Deletes what nobody can see and a runbook may not hold, such as blanks without width that come with a copied text. */
final class UnseenCharacters implements Correction {
    @Override
    public String what() {
        return "a character that nobody can see";
    }

    @Override
    public List<List<Edit>> places(Draft draft) {
        return draft.findings().stream()
                .filter(finding -> finding.rule().equals("control-character"))
                .map(finding -> finding.span().start())
                .filter(place -> Character.getType(draft.text().charAt(place)) == Character.FORMAT)
                .map(place -> List.of(deletion(draft, place)))
                .toList();
    }

    @Override
    public boolean succeeded(Draft before, Draft after) {
        return places(after).size() < places(before).size();
    }

    private static Edit deletion(Draft draft, Position place) {
        int offset = draft.text().offset(place);
        return Edit.delete(offset, offset + 1);
    }
}
