import './field.css'
import type { ReactNode, Ref } from 'react'
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from 'react-aria-components'
import { classNames } from '../tokens/class-names'

export type TextFieldProps = Omit<AriaTextFieldProps, 'children' | 'className' | 'style'> &
  Readonly<{
    label: string
    /** Shown below the field and read with it. */
    description?: ReactNode
    /** Why the input is not accepted; sets the field invalid. */
    error?: string | null
    placeholder?: string
    /** The label is for screen readers only (the place says what the field is). */
    hideLabel?: boolean
    /** Lines of a many-line field. */
    rows?: number
    className?: string
    inputRef?: Ref<HTMLInputElement>
  }>

export function TextField({
  label,
  description,
  error = null,
  placeholder,
  hideLabel = false,
  rows,
  className,
  inputRef,
  ...rest
}: TextFieldProps) {
  const hint = placeholder === undefined ? {} : { placeholder }
  return (
    <AriaTextField
      // Chromium keeps the content of fields that may be completed with the history of the page, in main.
      autoComplete="off"
      {...rest}
      validationBehavior="aria"
      isInvalid={error !== null || (rest.isInvalid ?? false)}
      className={classNames('ui-field', className)}
    >
      <Label className={hideLabel ? 'spoken' : 'ui-label'}>{label}</Label>
      {rows === undefined ? (
        <Input {...hint} {...(inputRef === undefined ? {} : { ref: inputRef })} className="ui-input" />
      ) : (
        <TextArea {...hint} rows={rows} className="ui-input ui-textarea" />
      )}
      {description === undefined ? null : (
        <Text slot="description" className="ui-description">
          {description}
        </Text>
      )}
      <FieldError className="ui-error">{error}</FieldError>
    </AriaTextField>
  )
}
