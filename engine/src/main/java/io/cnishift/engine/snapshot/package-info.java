/** Snapshots as files: read, checked beyond their form, written. Start at {@link io.cnishift.engine.snapshot.SnapshotFiles}. */
@NullMarked
package io.cnishift.engine.snapshot;

import org.jspecify.annotations.NullMarked;
