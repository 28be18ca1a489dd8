package io.cnishift.simulator.wrong;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.world.Behaviours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The catalogue is whole, and docs/simulator.md says the same as it. */
final class CatalogueTest {

    private static final Path PAGE = Path.of("..", "docs", "simulator.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void everyNumberHasAMistake() {
        Set<Integer> wanted = IntStream.rangeClosed(1, 39).boxed().collect(Collectors.toCollection(TreeSet::new));

        assertThat(MustGoWrongTest.mistakes().map(Mistake::number).collect(Collectors.toSet()))
                .isEqualTo(wanted);
    }

    @Test
    void everyBehaviourThatThePageCallsPunishingHasAMistakeUnderThatNumberAndNoOther() throws IOException {
        Map<Integer, Set<String>> catalogue = new TreeMap<>();
        MustGoWrongTest.mistakes()
                .forEach(m -> catalogue
                        .computeIfAbsent(m.number(), n -> new TreeSet<>())
                        .addAll(m.punishedBy()));
        Map<Integer, Set<String>> page = new TreeMap<>();
        rows(cell -> cell.matches("[0-9]+"))
                .forEach(cells -> page.put(Integer.valueOf(cells.get(0)), new TreeSet<>(codes(cells.get(3)))));

        assertThat(page).isEqualTo(catalogue);
    }

    @Test
    void everyRegisteredBehaviourHasOneRowAndEveryRowABehaviour() throws IOException {
        Map<String, String> registered = new TreeMap<>();
        for (Behaviour behaviour : Behaviours.all()) {
            String name = behaviour.getClass().getName().replace("io.cnishift.simulator.", "");
            assertThat(registered.put(behaviour.id(), name)).as(behaviour.id()).isNull();
        }
        Map<String, String> page = new TreeMap<>();
        for (List<String> cells : rows(cell -> cell.startsWith("`"))) {
            if (cells.size() < 4) {
                continue; // faults have no class
            }
            String id = codes(cells.get(0)).get(0);
            assertThat(page.put(id, codes(cells.get(3)).get(0))).as(id).isNull();
        }

        assertThat(page).isEqualTo(registered);
    }

    /** The rows of the page's tables whose first cell is of that sort. */
    private static List<List<String>> rows(Predicate<String> first) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| ")) {
                List<String> cells = List.of(line.substring(2).split(" \\| | \\|$", -1));
                if (first.test(cells.get(0))) {
                    rows.add(cells);
                }
            }
        }
        return rows;
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map((MatchResult m) -> m.group(1)).toList();
    }
}
