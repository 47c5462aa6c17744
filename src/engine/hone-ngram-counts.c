/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of two or more letters or digits, alone and in pairs; characters, three to five in a row inside
 * stretches without blanks that one space pads at both ends. All lower-cased. */
#include "config.h"

#include <string.h>

#include "hone-ngram-counts.h"

#define MIN_CHARS    3
#define MAX_CHARS    5
#define MIN_WORD     2
#define MIN_SLOTS    4096
#define MAX_KEPT_SLOTS 65536
#define NO_WORD      0

#define HASH_PRIME   0x9e3779b97f4a7c15u
#define WORD_SEED    0x243f6a8885a308d3u   /* digits of pi: words and characters start from different numbers */
#define CHARS_SEED   0x13198a2e03707344u

/* What a character is good for; two flags beside its lower-case form in one number. */
#define FLAG_WORD    (1u << 30)
#define FLAG_BLANK   (1u << 31)
#define CHARACTER(c) ((c) & 0x1fffffu)

struct _HoneNgramCounter {
  guint32        *chars;      /* the text, lower-cased, with flags */
  gsize           chars_size;
  HoneNgramCount *counts;     /* in order of first occurrence */
  gsize           n_counts;
  gsize           counts_size;
  guint32        *slots;      /* open addressing: 1 + index into counts, 0 is free */
  gsize           n_slots;    /* a power of two, at least twice counts_size */
  guint32         ascii[128];
};

static guint32
classify (gunichar c)
{
  /* Marks belong to the letter before them: without them words of Indic scripts would fall to pieces. */
  if (g_unichar_isalnum (c) || c == '_' || g_unichar_ismark (c))
    return g_unichar_tolower (c) | FLAG_WORD;
  if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
    return ' ' | FLAG_BLANK;
  return g_unichar_tolower (c);
}

/**
 * hone_ngram_counter_new:
 *
 * Returns: (transfer full): a counter for use by one thread
 */
HoneNgramCounter *
hone_ngram_counter_new (void)
{
  HoneNgramCounter *self = g_new0 (HoneNgramCounter, 1);

  self->n_slots = MIN_SLOTS;
  self->slots = g_new0 (guint32, self->n_slots);
  self->counts_size = MIN_SLOTS / 2;
  self->counts = g_new (HoneNgramCount, self->counts_size);
  for (guint c = 0; c < 128; c++)
    self->ascii[c] = classify (c);
  return self;
}

/**
 * hone_ngram_counter_free:
 * @self: (transfer full): a counter
 *
 * Frees the counter and the counts it lent.
 */
void
hone_ngram_counter_free (HoneNgramCounter *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->chars);
  g_free (self->counts);
  g_free (self->slots);
  g_free (self);
}

static inline guint64
step (guint64 hash,
      guint32 value)
{
  return (hash ^ value) * HASH_PRIME;
}

/* The high half of a product depends on every bit below it, the low bits only on few: fold before masking. */
static inline guint32
bucket_of (guint64 hash)
{
  hash ^= hash >> 32;
  hash *= 0xd6e8feb86659fd93u;
  return (guint32) (hash >> (64 - HONE_NGRAM_BLOCK_BITS));
}

static inline gsize
slot_of (const HoneNgramCounter *self,
         guint32                 bucket)
{
  return (bucket * 0x9e3779b1u >> 7) & (self->n_slots - 1);
}

static void
grow (HoneNgramCounter *self)
{
  self->counts_size *= 2;
  self->counts = g_renew (HoneNgramCount, self->counts, self->counts_size);
  self->n_slots *= 2;
  g_free (self->slots);
  self->slots = g_new0 (guint32, self->n_slots);
  for (gsize i = 0; i < self->n_counts; i++)
    {
      gsize slot = slot_of (self, self->counts[i].bucket);

      while (self->slots[slot] != 0)
        slot = (slot + 1) & (self->n_slots - 1);
      self->slots[slot] = (guint32) i + 1;
    }
}

static inline void
add (HoneNgramCounter *self,
     guint32           bucket)
{
  gsize slot = slot_of (self, bucket);
  guint32 found;

  while ((found = self->slots[slot]) != 0)
    {
      if (self->counts[found - 1].bucket == bucket)
        {
          self->counts[found - 1].count++;
          return;
        }
      slot = (slot + 1) & (self->n_slots - 1);
    }
  if (self->n_counts == self->counts_size)
    {
      grow (self);
      add (self, bucket);
      return;
    }
  self->counts[self->n_counts] = (HoneNgramCount) { bucket, 1 };
  self->slots[slot] = (guint32) ++self->n_counts;
}

/* A huge text leaves a huge table, which the small texts after it shall not have to clear each time. */
static void
reset (HoneNgramCounter *self)
{
  if (self->n_slots > MAX_KEPT_SLOTS)
    {
      self->n_slots = MIN_SLOTS;
      self->counts_size = MIN_SLOTS / 2;
      g_free (self->slots);
      g_free (self->counts);
      self->slots = g_new0 (guint32, self->n_slots);
      self->counts = g_new (HoneNgramCount, self->counts_size);
    }
  else if (self->n_counts > 0)
    memset (self->slots, 0, self->n_slots * sizeof *self->slots);
  self->n_counts = 0;
}

/* Leaves a blank at both ends, so that no loop needs to ask for the ends. */
static gsize
decode (HoneNgramCounter *self,
        const char       *text,
        gsize             length)
{
  gsize n = 0;

  if (self->chars_size < length + 2)
    {
      self->chars_size = length + length / 2 + 256;
      g_free (self->chars);
      self->chars = g_new (guint32, self->chars_size);
    }
  self->chars[n++] = ' ' | FLAG_BLANK;
  for (const char *p = text, *end = text + length; p < end;)
    {
      guint8 byte = (guint8) *p;

      if (byte < 128)
        {
          self->chars[n++] = self->ascii[byte];
          p++;
        }
      else
        {
          self->chars[n++] = classify (g_utf8_get_char (p));
          p = g_utf8_next_char (p);
        }
    }
  self->chars[n++] = ' ' | FLAG_BLANK;
  return n;
}

static void
count_words (HoneNgramCounter *self,
             gsize             n_chars)
{
  guint64 previous = NO_WORD;

  for (gsize i = 0; i < n_chars;)
    {
      guint64 hash = WORD_SEED;
      gsize start = i;

      for (; self->chars[i] & FLAG_WORD; i++)
        hash = step (hash, CHARACTER (self->chars[i]));
      if (i - start >= MIN_WORD)
        {
          add (self, bucket_of (hash));
          if (previous != NO_WORD)
            add (self, bucket_of (step (previous * 31, ' ') ^ hash));
          previous = hash;
        }
      if (i == start)
        i++;
    }
}

/* @first and @last are the blanks around a stretch. */
static void
count_stretch (HoneNgramCounter *self,
               gsize             first,
               gsize             last)
{
  for (gsize start = first; start + MIN_CHARS <= last + 1; start++)
    {
      gsize stop = MIN (start + MAX_CHARS, last + 1);
      guint64 hash = CHARS_SEED;
      gsize i = start;

      for (; i < start + MIN_CHARS - 1; i++)
        hash = step (hash, CHARACTER (self->chars[i]));
      for (; i < stop; i++)
        {
          hash = step (hash, CHARACTER (self->chars[i]));
          add (self, HONE_NGRAM_BLOCK_SIZE + bucket_of (hash));
        }
    }
}

static void
count_chars (HoneNgramCounter *self,
             gsize             n_chars)
{
  gsize first = 0;

  for (gsize i = 1; i < n_chars; i++)
    if (self->chars[i] & FLAG_BLANK)
      {
        if (i - first > 1)
          count_stretch (self, first, i);
        first = i;
      }
}

static gboolean
is_ascii (const char *text,
          gsize       length)
{
  guint8 all = 0;

  for (gsize i = 0; i < length; i++)
    all |= (guint8) text[i];
  return all < 128;
}

/**
 * hone_ngram_counter_count:
 * @self: a counter
 * @text: valid UTF-8, no NUL needed at its end
 * @length: bytes of @text
 * @n_counts: (out): how many buckets the text fills
 *
 * Counts the n-grams of a text. Text beyond ASCII is first brought to its compatibility form (NFKC), so that
 * differently encoded letters and full-width forms are the same n-grams.
 *
 * Returns: (transfer none) (array length=n_counts): valid until the next call
 */
const HoneNgramCount *
hone_ngram_counter_count (HoneNgramCounter *self,
                          const char       *text,
                          gsize             length,
                          gsize            *n_counts)
{
  g_autofree char *normal = NULL;
  gsize n_chars;

  g_return_val_if_fail (self != NULL && text != NULL && n_counts != NULL, NULL);

  reset (self);
  if (!is_ascii (text, length))
    {
      normal = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_ALL_COMPOSE);
      if (normal != NULL)
        {
          text = normal;
          length = strlen (normal);
        }
    }
  n_chars = decode (self, text, length);
  count_words (self, n_chars);
  count_chars (self, n_chars);
  *n_counts = self->n_counts;
  return self->counts;
}
