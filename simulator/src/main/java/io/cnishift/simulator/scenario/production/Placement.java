package io.cnishift.simulator.scenario.production;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which pods run where. DaemonSets are on every node that their template allows; the pods of other apps go round the nodes of
 * their groups, so that those of one app are apart and in all zones; a set with volumes has its members in one zone after the
 * other. What room is left is filled with the apps of teams.
 */
final class Placement {

    private final List<App> apps = new ArrayList<>();
    private final Map<String, List<Placed>> byApp = new HashMap<>();
    private final Map<Host, List<Placed>> byHost = new LinkedHashMap<>();
    private final Map<String, List<Host>> byLabel = new LinkedHashMap<>();
    private final Map<Host, Integer> room = new HashMap<>();
    private final Map<String, Integer> turn = new HashMap<>();

    Placement(Shape shape, List<Host> hosts) {
        hosts.forEach(h -> {
            byLabel.computeIfAbsent(h.pool().label(), l -> new ArrayList<>()).add(h);
            room.put(h, h.pool().podsPerNode());
        });
        Daemons.all().forEach(d -> onEvery(d, d.pool().isEmpty() ? hosts : byLabel.getOrDefault(d.pool(), List.of())));
        SpecialApps.all(shape).forEach(this::place);
        PlatformApps.all(shape).forEach(this::place);
        byLabel.forEach((label, members) -> TeamApps.filling(
                        label,
                        members.stream()
                                .mapToInt(h -> Math.max(0, room.getOrDefault(h, 0)))
                                .sum())
                .forEach(this::place));
    }

    List<App> apps() {
        return apps;
    }

    /** The pods of an app, in order of number. */
    List<Placed> pods(App app) {
        return byApp.getOrDefault(app.key(), List.of());
    }

    Map<Host, List<Placed>> byHost() {
        return byHost;
    }

    /** All namespaces that anything runs in. */
    Set<String> namespaces() {
        Set<String> names = new LinkedHashSet<>();
        apps.forEach(a -> names.add(a.namespace()));
        return names;
    }

    private void onEvery(App app, List<Host> hosts) {
        apps.add(app);
        String maker = app.maker();
        for (int i = 0; i < hosts.size(); i++) {
            put(app, i, maker, hosts.get(i));
        }
    }

    private void place(App app) {
        apps.add(app);
        String maker = app.maker();
        List<Host> all = byLabel.getOrDefault(app.pool(), List.of());
        for (int i = 0; i < app.replicas(); i++) {
            String zone = app.claim() ? Shape.zone(i % Shape.ZONES) : "";
            put(app, i, maker, next(app.pool() + zone, all, zone));
        }
    }

    /** The next in turn with room; with room nowhere, the next in turn. */
    private Host next(String key, List<Host> all, String zone) {
        List<Host> hosts = zone.isEmpty()
                ? all
                : all.stream().filter(h -> Shape.zone(h.zone()).equals(zone)).toList();
        int start = turn.getOrDefault(key, 0);
        int chosen = start;
        for (int i = 0; i < hosts.size(); i++) {
            if (room.getOrDefault(hosts.get((start + i) % hosts.size()), 0) > 0) {
                chosen = start + i;
                break;
            }
        }
        turn.put(key, (chosen + 1) % hosts.size());
        return hosts.get(chosen % hosts.size());
    }

    private void put(App app, int number, String maker, Host host) {
        String end = app.kind().equals("StatefulSet") ? String.valueOf(number) : Ids.suffix(maker, number);
        Placed pod = new Placed(app, number, host, maker + "-" + end);
        byApp.computeIfAbsent(app.key(), a -> new ArrayList<>()).add(pod);
        byHost.computeIfAbsent(host, h -> new ArrayList<>()).add(pod);
        room.merge(host, -1, Integer::sum);
    }
}
