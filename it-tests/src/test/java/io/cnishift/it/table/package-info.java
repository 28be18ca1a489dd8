/** Every strategy on every bundled cluster. */
@NullMarked
package io.cnishift.it.table;

import org.jspecify.annotations.NullMarked;
