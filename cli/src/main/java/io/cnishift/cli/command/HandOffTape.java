package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.owner.Ask;
import io.cnishift.engine.owner.Asks;
import io.cnishift.engine.owner.Language;
import io.cnishift.engine.run.RunListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a run leaves to owners, by owner and phase, in the order in which it is asked for. */
final class HandOffTape implements RunListener {

    private final Map<Place, Set<Item>> items = new LinkedHashMap<>();
    private String phase = "";

    /** One owner in one phase: one file. */
    private record Place(Owner owner, String phase) {}

    /** One change of one step. */
    record Item(String step, String why, Ask ask) {
        Item {
            Objects.requireNonNull(step);
            Objects.requireNonNull(why);
            Objects.requireNonNull(ask);
        }
    }

    /** All that one owner has to change in one phase. */
    record Sheet(Owner owner, String phase, List<Item> items) {
        Sheet {
            Objects.requireNonNull(owner);
            Objects.requireNonNull(phase);
            items = List.copyOf(items);
        }
    }

    @Override
    public void phase(String now) {
        phase = now;
    }

    @Override
    public void left(MigrationPlan.Step step, Act act, View view) {
        Ask ask = resolvable(Asks.of(view, act), Invented.in(view));
        items.computeIfAbsent(new Place(ask.owner(), phase), p -> new LinkedHashSet<>())
                .add(new Item(step.id(), step.why(), ask));
    }

    private static Ask resolvable(Ask ask, Invented invented) {
        UnaryOperator<String> say = ask.language() == Language.COMMAND ? invented::inCommand : invented::inText;
        return new Ask(
                ask.owner(),
                ask.target(),
                ask.language(),
                say.apply(ask.brief()),
                ask.where(),
                say.apply(ask.text()),
                ask.rendered().map(invented::inText),
                ask.file());
    }

    List<Sheet> sheets() {
        List<Sheet> sheets = new ArrayList<>();
        items.forEach((place, of) -> sheets.add(new Sheet(place.owner(), place.phase(), List.copyOf(of))));
        return sheets;
    }
}
