/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters and queue orders as SQL: every single filter and order walks one index from its beginning. */
#include "config.h"

#include <math.h>

#include "hone-store-examples.h"
#include "hone-store-private.h"
#include "hone-store-sets-private.h"

/* A query under construction; parameters are kept as text, numbers or doubles in their order. */
typedef struct {
  GString   *from, *where;
  GArray    *parameters;   /* of Parameter */
} Query;

typedef struct {
  char    type;            /* i, d, s */
  gint64  number;
  double  real;
  char   *text;
} Parameter;

static void
parameter_clear (gpointer data)
{
  g_free (((Parameter *) data)->text);
}

static void
query_clear (Query *self)
{
  g_string_free (self->from, TRUE);
  g_string_free (self->where, TRUE);
  g_array_unref (self->parameters);
}

static void
add_number (Query      *self,
            const char *condition,
            gint64      number)
{
  Parameter parameter = { 'i', number, 0.0, NULL };

  g_string_append (self->where, condition);
  g_array_append_val (self->parameters, parameter);
}

static void
add_real (Query      *self,
          const char *condition,
          double      real)
{
  Parameter parameter = { 'd', 0, real, NULL };

  g_string_append (self->where, condition);
  g_array_append_val (self->parameters, parameter);
}

static void
add_text (Query      *self,
          const char *condition,
          const char *text)
{
  Parameter parameter = { 's', 0, 0.0, g_strdup (text) };

  g_string_append (self->where, condition);
  g_array_append_val (self->parameters, parameter);
}

/* Whatever a person types becomes words that must all occur, quoted, so that no syntax of FTS5 gets in. A word that ends in * is a
 * beginning; others are whole words, whose first hits cost the same however many texts there are. */
static char *
search_to_fts (const char *search)
{
  g_autofree char *valid = g_utf8_make_valid (search, -1);
  g_auto(GStrv) words = g_strsplit_set (valid, " \t\n\r", -1);
  GString *match = g_string_new (NULL);

  for (int i = 0; words[i]; i++)
    {
      g_auto(GStrv) parts = g_strsplit (words[i], "\"", -1);
      g_autofree char *quoted = g_strjoinv ("\"\"", parts);
      gboolean has_letter = FALSE;

      for (const char *c = words[i]; *c && !has_letter; c = g_utf8_next_char (c))
        has_letter = g_unichar_isalnum (g_utf8_get_char (c));
      if (has_letter)
        g_string_append_printf (match, "%s\"%s\"%s", match->len ? " AND " : "", quoted, g_str_has_suffix (words[i], "*") ? "*" : "");
    }
  return g_string_free (match, FALSE);
}

static gboolean
needs_prediction (const HoneFilter *filter,
                  HoneQueueOrder    order)
{
  return filter->iteration_id != 0 && filter->outcome != HONE_FILTER_MISSING &&
         (order == HONE_QUEUE_UNCERTAIN || filter->outcome >= 0 || filter->answer || filter->answer_category || filter->agrees >= 0 ||
          filter->scored == 1 || !isnan (filter->confidence_low) || !isnan (filter->confidence_high));
}

/* Conditions that let a partial index be used repeat its own. */
static void
add_outcome (Query *self,
             int    outcome)
{
  if (outcome == HONE_FILTER_UNABLE)
    {
      g_string_append (self->where, " AND p.outcome BETWEEN 1 AND 2");
    }
  else if (outcome > HONE_OUTCOME_ANSWERED)
    {
      g_string_append (self->where, " AND p.outcome <> 0");
      add_number (self, " AND p.outcome = ?", outcome);
    }
  else if (outcome == HONE_OUTCOME_ANSWERED)
    {
      g_string_append (self->where, " AND +p.outcome = 0");
    }
}

/* Sets that contain a category, as “3,17”; for choice rule “one” there is but one, and its index gives the order. */
static gboolean
add_containing (Query       *self,
                HoneDb      *db,
                const char  *column,
                guint        category,
                GError     **error)
{
  g_autoptr(GString) ids = g_string_new (NULL);
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local, "SELECT id FROM category_set WHERE ',' || ids || ',' LIKE '%,' || ? || ',%'", "i",
                                      (gint64) category);
  guint n = 0;

  while (_hone_db_next (db, row, &local))
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, n++ ? ", " : "", (gint64) sqlite3_column_int64 (row, 0));
  if (n == 1)
    g_string_append_printf (self->where, " AND %s IS NOT NULL AND %s = %s", column, column, ids->str);
  else
    g_string_append_printf (self->where, " AND +%s IN (%s)", column, ids->str);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
add_prediction_conditions (Query             *self,
                           HoneDb            *db,
                           const HoneFilter  *filter,
                           GError           **error)
{
  g_autoptr(GError) local = NULL;

  add_number (self, " AND p.iteration = ?", filter->iteration_id);
  add_outcome (self, filter->outcome);
  if (filter->answer)
    add_number (self, " AND p.categories IS NOT NULL AND p.categories = ?", _hone_sets_find (db, filter->answer, &local));
  if (filter->answer_category && !local)
    add_containing (self, db, "p.categories", filter->answer_category, &local);
  if (!isnan (filter->confidence_low))
    add_real (self, " AND +p.confidence >= ?", filter->confidence_low);
  if (!isnan (filter->confidence_high))
    add_real (self, " AND +p.confidence <= ?", filter->confidence_high);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What asks of the example and its prediction together. */
static void
add_comparison (Query             *self,
                const HoneFilter  *filter)
{
  g_string_append (self->where, " AND EXISTS (SELECT 1 FROM predicted_split ps WHERE ps.iteration = p.iteration AND ps.split = e.split"
                                " AND ps.published = 1)");
  if (filter->agrees == 1)
    g_string_append (self->where, " AND +p.categories = e.reference");
  else if (filter->agrees == 0)
    g_string_append (self->where, " AND e.reference IS NOT NULL AND p.outcome <> 3 AND +p.categories IS NOT e.reference");
  if (filter->scored == 1)
    g_string_append (self->where, " AND +e.state = 1 AND p.outcome <> 3 AND NOT EXISTS (SELECT 1 FROM trained t WHERE t.iteration = p.iteration"
                                  " AND t.example = p.example)");
}

/* What hone_store_list_scored () would list for each of these iterations. */
static void
add_scored_by (Query        *self,
               const GArray *scored_by)
{
  for (guint i = 0; i < scored_by->len; i++)
    {
      const HoneFilterScored *scored = &g_array_index (scored_by, HoneFilterScored, i);

      add_number (self, " AND +e.state = 1 AND EXISTS (SELECT 1 FROM prediction f WHERE f.iteration = ? AND f.example = e.id AND f.outcome <> 3",
                  scored->iteration_id);
      if (scored->right >= 0)
        g_string_append (self->where, scored->right ? " AND f.categories = e.reference" : " AND f.categories IS NOT e.reference");
      g_string_append (self->where, " AND EXISTS (SELECT 1 FROM predicted_split ps WHERE ps.iteration = f.iteration AND ps.split = e.split"
                                    " AND ps.published = 1)"
                                    " AND NOT EXISTS (SELECT 1 FROM trained t WHERE t.iteration = f.iteration AND t.example = f.example))");
    }
}

/* Of the table that gives the order. */
static const char *
id_column (const Query *self)
{
  return g_str_has_prefix (self->from->str, " FROM search") ? "s.rowid"
         : g_str_has_prefix (self->from->str, " FROM prediction") ? "p.example"
         : g_str_has_prefix (self->from->str, " FROM disagreement") ? "d.example"
         : g_str_has_prefix (self->from->str, " FROM known") ? "k.example" : "e.id";
}

static gboolean
add_example_conditions (Query             *self,
                        HoneDb            *db,
                        const HoneFilter  *filter,
                        GError           **error)
{
  g_autoptr(GError) local = NULL;

  g_string_append (self->where, " AND e.hidden = 0 AND e.id <= (SELECT visible FROM project)");
  if (filter->split >= 0)
    add_number (self, " AND e.split = ?", filter->split);
  if (filter->reference_state >= 0)
    add_number (self, " AND e.state = ?", filter->reference_state);
  if (filter->reference)
    add_number (self, " AND e.reference IS NOT NULL AND e.reference = ?", _hone_sets_find (db, filter->reference, &local));
  if (filter->category && !local)
    add_containing (self, db, "e.reference", filter->category, &local);
  if (filter->flag >= 0)
    g_string_append (self->where, filter->flag ? " AND e.flag = 1" : " AND e.flag = 0");
  if (filter->conflicting >= 0)
    g_string_append (self->where, filter->conflicting ? " AND e.conflicting = 1" : " AND e.conflicting = 0");
  if (filter->near_copies == 1)
    g_string_append (self->where,
                     " AND e.copied = 1 AND EXISTS (SELECT 1 FROM example c WHERE c.fold = e.fold AND c.id <> e.id AND c.hidden = 0"
                     " AND c.id <= (SELECT visible FROM project))");
  if (filter->known >= 0)
    g_string_append_printf (self->where, " AND %s (SELECT 1 FROM known h WHERE h.example = e.id AND h.revealed = 0)",
                            filter->known ? "EXISTS" : "NOT EXISTS");
  if (filter->iteration_id && filter->outcome == HONE_FILTER_MISSING)
    add_number (self, " AND NOT EXISTS (SELECT 1 FROM prediction m WHERE m.iteration = ? AND m.example = e.id AND m.outcome <> 3)",
                filter->iteration_id);
  if (filter->import_id)
    add_number (self, " AND e.import = ?", filter->import_id);
  if (filter->scored_by)
    add_scored_by (self, filter->scored_by);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

/* The table whose index gives the order. */
static void
choose_table (Query             *self,
              const HoneFilter  *filter,
              HoneQueueOrder     order,
              gboolean           predicted)
{
  if (order == HONE_QUEUE_DISAGREE)
    g_string_append (self->from, " FROM disagreement d CROSS JOIN example e ON e.id = d.example");
  else if (filter->search && order == HONE_QUEUE_IMPORTED)
    g_string_append (self->from, " FROM search s CROSS JOIN example e ON e.id = s.rowid");
  else if (predicted)
    g_string_append (self->from, " FROM prediction p CROSS JOIN example e ON e.id = p.example");
  else if (filter->known == 1 && order == HONE_QUEUE_IMPORTED)
    g_string_append (self->from, " FROM known k CROSS JOIN example e ON e.id = k.example AND k.revealed = 0");
  else
    g_string_append (self->from, " FROM example e");
  if (predicted && !g_str_has_prefix (self->from->str, " FROM prediction"))
    g_string_append (self->from, " JOIN prediction p ON p.example = e.id");
}

static gboolean
query_init (Query             *self,
            HoneDb            *db,
            const HoneFilter  *filter,
            HoneQueueOrder     order,
            GError           **error)
{
  gboolean predicted = needs_prediction (filter, order), driven, good;

  self->from = g_string_new (NULL);
  self->where = g_string_new (NULL);
  self->parameters = g_array_new (FALSE, FALSE, sizeof (Parameter));
  g_array_set_clear_func (self->parameters, parameter_clear);

  choose_table (self, filter, order, predicted);
  g_string_append (self->where, " WHERE 1");
  if (filter->search)
    {
      g_autofree char *match = search_to_fts (filter->search);

      if (*match == '\0')
        g_string_append (self->where, " AND 0");   /* nothing but punctuation occurs nowhere */
      else if (g_str_has_prefix (self->from->str, " FROM search"))
        add_text (self, " AND s.text MATCH ?", match);
      else
        add_text (self, " AND e.id IN (SELECT rowid FROM search WHERE search MATCH ?)", match);
    }
  if (predicted && !add_prediction_conditions (self, db, filter, error))
    return FALSE;

  /* Where another table gives the order, examples are looked up one by one. Conditions on them alone SQLite takes, once it has
   * statistics, for a reason to go through all of them first (a Bloom filter): so theirs name the other table too. */
  driven = !g_str_has_prefix (self->from->str, " FROM example");
  if (driven)
    g_string_append_printf (self->where, " AND CASE WHEN %s > 0 THEN 1", id_column (self));
  if (predicted)
    add_comparison (self, filter);
  good = add_example_conditions (self, db, filter, error);
  if (driven)
    g_string_append (self->where, " END");
  return good;
}

static sqlite3_stmt *
query_start (Query       *self,
             HoneDb      *db,
             const char  *sql,
             GError     **error)
{
  sqlite3_stmt *statement = _hone_db_query (db, error, sql, "");

  for (guint i = 0; statement && i < self->parameters->len; i++)
    {
      const Parameter *parameter = &g_array_index (self->parameters, Parameter, i);

      if (parameter->type == 'i')
        sqlite3_bind_int64 (statement, i + 1, parameter->number);
      else if (parameter->type == 'd')
        sqlite3_bind_double (statement, i + 1, parameter->real);
      else
        sqlite3_bind_text (statement, i + 1, parameter->text, -1, SQLITE_TRANSIENT);
    }
  return statement;
}

static void
add_order (Query            *self,
           const HoneFilter *filter,
           HoneQueueOrder    order,
           gint64            after,
           GString          *tail)
{
  const char *id = id_column (self);

  switch (order)
    {
    case HONE_QUEUE_IMPORTED:
      if (after)
        {
          g_autofree char *condition = g_strdup_printf (" AND %s > ?", id);

          add_number (self, condition, after);
        }
      g_string_append_printf (tail, " ORDER BY %s", id);
      break;
    case HONE_QUEUE_RANDOM:
      if (after)
        {
          add_number (self, " AND (e.random, e.id) > ((SELECT a.random FROM example a WHERE a.id = ?)", after);
          add_number (self, ", ?)", after);
        }
      g_string_append (tail, " ORDER BY e.random, e.id");
      break;
    case HONE_QUEUE_UNCERTAIN:
      g_string_append (self->where, " AND p.confidence IS NOT NULL");
      if (after)
        {
          add_number (self, " AND (p.confidence, p.example) > ((SELECT a.confidence FROM prediction a WHERE a.iteration = ?",
                      filter->iteration_id);
          add_number (self, " AND a.example = ?)", after);
          add_number (self, ", ?)", after);
        }
      g_string_append (tail, " ORDER BY p.confidence, p.example");
      break;
    case HONE_QUEUE_DISAGREE:
      if (after)
        {
          add_number (self, " AND (-d.score, d.example) > ((SELECT -a.score FROM disagreement a WHERE a.example = ?)", after);
          add_number (self, ", ?)", after);
        }
      g_string_append (tail, " ORDER BY d.score DESC, d.example");
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * hone_store_list_ids:
 * @self: a project
 * @filter: which examples; for %HONE_QUEUE_UNCERTAIN it must name an iteration
 * @order: in which order
 * @after: the last example of the page before, 0 for the first page
 * @limit: how many at most
 * @cancellable: (nullable): looked at between rows
 * @error: return location
 *
 * One page of a list. Blocks.
 *
 * Returns: (transfer full) (element-type gint64): ids
 */
GArray *
hone_store_list_ids (HoneStore         *self,
                     const HoneFilter  *filter,
                     HoneQueueOrder     order,
                     gint64             after,
                     gsize              limit,
                     GCancellable      *cancellable,
                     GError           **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) local = NULL;
  HoneDb *db;
  Query query;

  g_return_val_if_fail (HONE_IS_STORE (self) && filter, NULL);
  g_return_val_if_fail (order != HONE_QUEUE_UNCERTAIN || filter->iteration_id, NULL);

  db = _hone_store_borrow (self, error);
  if (!db)
    return NULL;
  if (query_init (&query, db, filter, order, &local))
    {
      GString *sql = g_string_new ("SELECT e.id");
      GString *tail = g_string_new (NULL);
      sqlite3_stmt *row;

      add_order (&query, filter, order, after, tail);
      g_string_append_printf (sql, "%s%s%s LIMIT %" G_GSIZE_FORMAT, query.from->str, query.where->str, tail->str,
                              MIN (limit, (gsize) G_MAXINT));
      row = query_start (&query, db, sql->str, &local);
      while (_hone_db_next (db, row, &local))
        {
          gint64 id = sqlite3_column_int64 (row, 0);

          g_array_append_val (ids, id);
          if ((ids->len & 1023) == 0 && g_cancellable_set_error_if_cancelled (cancellable, &local))
            {
              _hone_db_end (row);
              break;
            }
        }
      g_string_free (sql, TRUE);
      g_string_free (tail, TRUE);
    }
  query_clear (&query);
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&ids);
}

/* Whether the kept counts alone answer it. */
static gboolean
is_counted (const HoneFilter *filter)
{
  return filter->outcome != HONE_FILTER_MISSING && filter->flag < 0 && filter->conflicting < 0 && filter->known < 0 && filter->near_copies < 0 && !filter->import_id &&
         !filter->search && !filter->scored_by && !needs_prediction (filter, HONE_QUEUE_IMPORTED);
}

static guint64
count_kept (HoneDb            *db,
            const HoneFilter  *filter,
            GError           **error)
{
  g_autoptr(GError) local = NULL;
  gint64 set = filter->reference ? _hone_sets_find (db, filter->reference, &local) : 0;

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return G_MAXUINT64;
    }
  if (filter->reference && set == 0)
    return 0;
  return _hone_db_number (db, 0, error,
                          "SELECT sum (n) FROM example_count c WHERE (?1 < 0 OR c.split = ?1) AND (?2 < 0 OR c.state = ?2)"
                          " AND (?3 = 0 OR c.reference = ?3) AND (?4 = 0 OR EXISTS (SELECT 1 FROM category_set s WHERE s.id = c.reference"
                          " AND ',' || s.ids || ',' LIKE '%,' || ?4 || ',%'))", "iiii", (gint64) filter->split,
                          (gint64) filter->reference_state, set, (gint64) filter->category);
}

/**
 * hone_store_count:
 * @self: a project
 * @filter: which examples
 * @cancellable: (nullable): not looked at where kept counts answer
 * @error: return location
 *
 * Returns: how many, `G_MAXUINT64` with @error
 */
guint64
hone_store_count (HoneStore         *self,
                  const HoneFilter  *filter,
                  GCancellable      *cancellable,
                  GError           **error)
{
  g_autoptr(GError) local = NULL;
  HoneDb *db = _hone_store_borrow (self, error);
  guint64 n = 0;

  if (!db)
    return G_MAXUINT64;
  if (is_counted (filter))
    {
      n = count_kept (db, filter, &local);
    }
  else
    {
      Query query;

      if (query_init (&query, db, filter, HONE_QUEUE_IMPORTED, &local))
        {
          g_autofree char *sql = g_strconcat ("SELECT count (*)", query.from->str, query.where->str, NULL);
          sqlite3_stmt *row = query_start (&query, db, sql, &local);

          if (_hone_db_next (db, row, &local))
            {
              n = sqlite3_column_int64 (row, 0);
              _hone_db_end (row);
            }
        }
      query_clear (&query);
    }
  _hone_store_give_back (self, db);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return G_MAXUINT64;
    }
  return n;
}
