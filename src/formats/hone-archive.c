/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of a zip archive. Finding a member means going through those before it, so the places reached are kept: reading the
 * members in their order costs one pass. Short members that were read or passed over are kept as well, since going back means a fresh
 * start: files are opened twice in a row (first to find out their encoding), and texts may lie in another order than what names them. */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "hone-archive.h"
#include "hone-format.h"

#define BLOCK (64 * 1024)
/* Two lists of members may be read side by side, such as labels and the texts they are about. */
#define MAX_PLACES 4
/* The start of a member that is read at once. */
#define MAX_START (256 * 1024)
/* Bytes of short members that are kept, those kept last. */
#define MAX_KEPT (32 * 1024 * 1024)

struct _HoneArchive {
  gatomicrefcount  ref_count;
  char            *path;
  guint64          file_size;
  guint64          read;        /* decompressed bytes so far, all members together */
  /* Places reached and not in use; NULL: none. */
  struct archive  *idle[MAX_PLACES];
  guint            idle_at[MAX_PLACES];   /* headers taken */
  guint            next_idle;             /* that is given up next */
  /* Short members. */
  GHashTable      *kept;                  /* number → GBytes */
  GQueue           kept_order;            /* numbers, the oldest first */
  gsize            kept_size;
  gboolean         keeps_passed;          /* those passed over too; not where one of them cannot be read */
};

struct _HoneMember {
  HoneArchive    *owner;
  struct archive *archive;      /* (nullable): NULL where the start is all */
  guint           at;
  guint64         read;         /* out of the archive */
  GBytes         *start;        /* what was read ahead */
  gsize           given;        /* of the start */
  char           *path;
};

/**
 * hone_archive_is_zip:
 * @start: first bytes of a file
 * @length: how many
 *
 * Returns: whether they are those of a zip archive, empty ones included
 */
gboolean
hone_archive_is_zip (const char *start,
                     gsize       length)
{
  return length >= 4 && (memcmp (start, "PK\003\004", 4) == 0 || memcmp (start, "PK\005\006", 4) == 0);
}

HoneArchive *
hone_archive_ref (HoneArchive *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
hone_archive_unref (HoneArchive *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (gsize i = 0; i < MAX_PLACES; i++)
    {
      if (self->idle[i] != NULL)
        archive_read_free (self->idle[i]);
    }
  g_hash_table_unref (self->kept);
  g_queue_clear (&self->kept_order);
  g_free (self->path);
  g_free (self);
}

static void
set_archive_error (GError         **error,
                   const char      *path,
                   struct archive  *archive)
{
  const char *reason = archive_error_string (archive);

  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
               _("“%s” cannot be read as a zip archive, it is cut or damaged: %s"), path,
               reason != NULL ? reason : _("no reason given"));
}

static struct archive *
open_archive (const char  *path,
              GError     **error)
{
  struct archive *archive = archive_read_new ();

  archive_read_support_format_zip (archive);
  if (archive_read_open_filename (archive, path, BLOCK) != ARCHIVE_OK)
    {
      set_archive_error (error, path, archive);
      archive_read_free (archive);
      return NULL;
    }

  return archive;
}

static gboolean
name_is_safe (const char *name)
{
  g_auto(GStrv) parts = NULL;

  if (name[0] == '/' || name[0] == '\\' || (g_ascii_isalpha (name[0]) && name[1] == ':'))
    return FALSE;

  parts = g_strsplit_set (name, "/\\", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (strcmp (parts[i], "..") == 0)
        return FALSE;
    }

  return TRUE;
}

/* Old Windows programs write names in a code page: such names only name things here, so any stand-in will do. */
static char *
member_name (struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  if (name == NULL)
    name = archive_entry_pathname (entry);

  return name != NULL ? g_utf8_make_valid (name, -1) : g_strdup ("?");
}

static gboolean
list_member (HoneArchive           *self,
             struct archive_entry  *entry,
             guint                  nth,
             GPtrArray             *sources,
             GError               **error)
{
  g_autofree char *name = member_name (entry);
  HoneSource *source;

  if (!name_is_safe (name))
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNSAFE,
                   _("“%s” holds a member named “%s”, which leads out of the archive"), self->path, name);
      return FALSE;
    }
  if (archive_entry_is_encrypted (entry))
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN,
                   _("“%s” is protected by a password; unpack it and import its files"), self->path);
      return FALSE;
    }
  if (archive_entry_filetype (entry) != AE_IFREG || g_str_has_suffix (name, "/") || hone_source_name_is_hidden (name))
    return TRUE;

  source = g_new0 (HoneSource, 1);
  source->path = g_build_filename (self->path, name, NULL);
  source->name = g_steal_pointer (&name);
  source->size = archive_entry_size_is_set (entry) ? archive_entry_size (entry) : 0;
  source->archive = hone_archive_ref (self);
  source->member = nth;
  g_ptr_array_add (sources, source);

  return TRUE;
}

static gboolean
list_members (HoneArchive     *self,
              struct archive  *archive,
              GPtrArray       *sources,
              GError         **error)
{
  struct archive_entry *entry;
  guint64 total = 0;
  int status;

  for (guint nth = 0; (status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN; nth++)
    {
      total += archive_entry_size_is_set (entry) ? archive_entry_size (entry) : 0;
      if (nth >= HONE_SOURCE_MAX_FILES || total > HONE_SOURCE_MAX_TOTAL)
        {
          g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNSAFE,
                       _("“%s” holds more than %d files or 16 GiB"), self->path, HONE_SOURCE_MAX_FILES);
          return FALSE;
        }
      if (!list_member (self, entry, nth, sources, error))
        return FALSE;
    }

  if (status != ARCHIVE_EOF)
    {
      set_archive_error (error, self->path, archive);
      return FALSE;
    }

  return TRUE;
}

/**
 * hone_archive_list:
 * @path: a zip archive
 * @sources: array of #HoneSource, appended to
 * @error: return location for an error
 *
 * Lists the files of an archive. Names that are absolute or hold `..` make the whole archive unsafe.
 *
 * Returns: whether all members could be listed
 */
gboolean
hone_archive_list (const char  *path,
                   GPtrArray   *sources,
                   GError     **error)
{
  HoneArchive *self;
  struct archive *archive;
  GStatBuf info;
  gboolean listed;

  archive = open_archive (path, error);
  if (archive == NULL)
    return FALSE;

  self = g_new0 (HoneArchive, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (path);
  self->kept = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  self->keeps_passed = TRUE;
  self->file_size = g_stat (path, &info) == 0 ? info.st_size : 0;

  listed = list_members (self, archive, sources, error);
  archive_read_free (archive);
  hone_archive_unref (self);

  return listed;
}

/* Takes the place that was reached last before the member, else a fresh start. */
static struct archive *
take_place (HoneArchive  *self,
            guint         member,
            guint        *at,
            GError      **error)
{
  int best = -1;

  for (int i = 0; i < MAX_PLACES; i++)
    {
      if (self->idle[i] != NULL && self->idle_at[i] <= member && (best < 0 || self->idle_at[i] > self->idle_at[best]))
        best = i;
    }

  *at = best >= 0 ? self->idle_at[best] : 0;

  return best >= 0 ? g_steal_pointer (&self->idle[best]) : open_archive (self->path, error);
}

/* Keeps a place for the next member. */
static void
give_place (HoneArchive    *self,
            struct archive *archive,
            guint           at)
{
  guint place = self->next_idle;

  for (guint i = 0; i < MAX_PLACES; i++)
    {
      if (self->idle[i] == NULL)
        place = i;
    }
  if (self->idle[place] != NULL)
    {
      archive_read_free (self->idle[place]);
      self->next_idle = (place + 1) % MAX_PLACES;
    }
  self->idle[place] = archive;
  self->idle_at[place] = at;
}

/* ---- reading ---- */

/* Counts what really comes out, whatever the archive says about itself. Reading the start twice is forgiven. */
static gboolean
check_limits (HoneMember  *self,
              GError     **error)
{
  HoneArchive *owner = self->owner;

  if (self->read <= HONE_SOURCE_MAX_TOTAL &&
      (self->read <= HONE_SOURCE_FREE_RATIO || self->read / HONE_SOURCE_MAX_RATIO <= owner->file_size) &&
      (owner->read <= 4 * HONE_SOURCE_FREE_RATIO || owner->read / (4 * HONE_SOURCE_MAX_RATIO) <= owner->file_size))
    return TRUE;

  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNSAFE,
               _("“%s” unpacks to more than %d times the size of its archive and is not read further"), self->path,
               HONE_SOURCE_MAX_RATIO);
  return FALSE;
}

static gssize
read_on (HoneMember  *self,
         void        *buffer,
         gsize        size,
         GError     **error)
{
  gssize n = archive_read_data (self->archive, buffer, size);

  if (n < 0)
    {
      set_archive_error (error, self->path, self->archive);
      return -1;
    }

  self->read += n;
  self->owner->read += n;
  if (!check_limits (self, error))
    return -1;

  return n;
}

static void
keep (HoneArchive *self,
      guint        member,
      GBytes      *content)
{
  if (g_hash_table_contains (self->kept, GUINT_TO_POINTER (member)))
    return;
  g_hash_table_insert (self->kept, GUINT_TO_POINTER (member), g_bytes_ref (content));
  g_queue_push_tail (&self->kept_order, GUINT_TO_POINTER (member));
  self->kept_size += g_bytes_get_size (content);
  while (self->kept_size > MAX_KEPT)
    {
      gpointer oldest = g_queue_pop_head (&self->kept_order);

      self->kept_size -= g_bytes_get_size (g_hash_table_lookup (self->kept, oldest));
      g_hash_table_remove (self->kept, oldest);
    }
}

/* Reads ahead in the member that the archive stands at, as far as a start goes, and keeps it where it ends within that. */
static GBytes *
read_start (HoneMember  *self,
            guint        member,
            gboolean    *ended,
            GError     **error)
{
  g_autofree char *buffer = g_malloc (MAX_START);
  g_autoptr(GBytes) start = NULL;
  gsize length = 0;
  gssize n;

  do
    {
      n = read_on (self, buffer + length, MAX_START - length, error);
      if (n < 0)
        return NULL;
      length += n;
    }
  while (n > 0 && length < MAX_START);

  start = g_bytes_new (buffer, length);
  *ended = n == 0;
  if (*ended)
    keep (self->owner, member, start);

  return g_steal_pointer (&start);
}

/* Whoever asks for this member later need not begin anew. A member that cannot be read is the trouble of whoever asks for it. */
static gboolean
keep_passed (HoneMember           *self,
             struct archive_entry *entry)
{
  g_autoptr(GBytes) start = NULL;
  gboolean ended;

  if (!self->owner->keeps_passed || !archive_entry_size_is_set (entry) || archive_entry_size (entry) > MAX_START / 2 ||
      archive_entry_filetype (entry) != AE_IFREG || g_hash_table_contains (self->owner->kept, GUINT_TO_POINTER (self->at)))
    return TRUE;
  start = read_start (self, self->at, &ended, NULL);
  self->read = 0;
  self->owner->keeps_passed = start != NULL;

  return start != NULL;
}

/* A place is of no use after an error. */
static void
drop_place (HoneMember *self)
{
  g_clear_pointer (&self->archive, archive_read_free);
}

static gboolean
find_member (HoneMember  *self,
             guint        member,
             GError     **error)
{
  struct archive_entry *entry;

  self->archive = take_place (self->owner, member, &self->at, error);
  if (self->archive == NULL)
    return FALSE;

  for (; self->at <= member; self->at++)
    {
      int status = archive_read_next_header (self->archive, &entry);

      if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        {
          set_archive_error (error, self->owner->path, self->archive);
          drop_place (self);
          return FALSE;
        }
      if (self->at < member && !keep_passed (self, entry))
        {
          drop_place (self);
          return find_member (self, member, error);     /* once: nothing passed over is kept from now on */
        }
    }

  return TRUE;
}

/**
 * hone_archive_open:
 * @self: an archive
 * @member: its place, from 0
 * @path: name for messages
 * @error: return location for an error
 *
 * Opens one member for reading. Others may be open at the same time.
 *
 * Returns: (transfer full) (nullable): the member
 */
HoneMember *
hone_archive_open (HoneArchive  *self,
                   guint         member,
                   const char   *path,
                   GError      **error)
{
  HoneMember *result = g_new0 (HoneMember, 1);
  GBytes *kept = g_hash_table_lookup (self->kept, GUINT_TO_POINTER (member));
  gboolean ended = FALSE;

  result->owner = hone_archive_ref (self);
  result->path = g_strdup (path);
  if (kept != NULL)
    {
      result->start = g_bytes_ref (kept);
      return result;
    }

  if (find_member (result, member, error))
    result->start = read_start (result, member, &ended, error);
  if (result->start == NULL)
    {
      drop_place (result);
      hone_member_free (result);
      return NULL;
    }
  if (ended)
    give_place (self, g_steal_pointer (&result->archive), result->at);

  return result;
}

/**
 * hone_member_read:
 * @self: a member
 * @buffer: where to
 * @size: bytes wanted
 * @error: return location for an error
 *
 * Returns: bytes read, 0 at the end, -1 on error
 */
gssize
hone_member_read (HoneMember  *self,
                  void        *buffer,
                  gsize        size,
                  GError     **error)
{
  gsize length;
  const char *start = g_bytes_get_data (self->start, &length);
  gsize n = MIN (size, length - self->given);

  gssize more = 0;

  if (n > 0)
    memcpy (buffer, start + self->given, n);
  self->given += n;
  if (n < size && self->archive != NULL)
    more = read_on (self, (char *) buffer + n, size - n, error);

  return more < 0 ? -1 : (gssize) n + more;
}

/**
 * hone_member_free:
 * @self: (nullable) (transfer full): a member
 *
 * Ends the reading; the place reached is kept for the next member.
 */
void
hone_member_free (HoneMember *self)
{
  if (self == NULL)
    return;

  if (self->archive != NULL)
    give_place (self->owner, g_steal_pointer (&self->archive), self->at);
  g_clear_pointer (&self->start, g_bytes_unref);
  hone_archive_unref (self->owner);
  g_free (self->path);
  g_free (self);
}
